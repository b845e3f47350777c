-- purpose: waives a finding as the session's login, by a row that any other load might have brought. Returns the
--     load.
-- after: 01-domains
create or replace function margin.waive_finding(on_date date, of_rule text, of_key text, given_reason text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    newest record;
    new_load bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    select w.revision, w.withdrawn, w.waived_by, w.reason into newest
    from margin.finding_waiver as w
    where w.business_date = on_date and w.rule = of_rule and w.row_key = of_key
    order by w.revision desc
    limit 1;
    if not newest.withdrawn then
        raise exception 'it is waived already, by %: %', newest.waived_by, newest.reason
            using errcode = '23514', constraint = 'finding_is_waived_once';
    end if;
    perform margin.make_months('finding_waiver', array[on_date]);
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('finding_waiver', case when newest.revision is null then 'load' else 'correction' end, 'margin waive', 1, given_reason)
    returning load_id into new_load;
    insert into margin.finding_waiver (business_date, rule, row_key, reason, waived_by, load_id, revision)
    values (on_date, of_rule, of_key, given_reason, session_user, new_load, 1 + coalesce(newest.revision, 0));
    insert into margin.input_load_date (load_id, business_date, row_count) values (new_load, on_date, 1);
    return new_load;
end
$$;
comment on function margin.waive_finding is 'Waives a finding of a business date as the session''s login.';
revoke execute on function margin.waive_finding from public;
