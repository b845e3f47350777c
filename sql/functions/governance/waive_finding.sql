-- purpose: waives the findings of a rule about a row as the session's login, by rows that any other load might have
--     brought: each for its table and column, at the value it was shown with. Returns the load.
-- after: 01-domains
create or replace function margin.waive_finding(
    on_date date, of_cycle text, of_rule text, of_key text, of_tables text[], of_columns text[], of_values text[],
    given_reason text
) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    newest record;
    is_correction boolean := false;
    new_load bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    for newest in
        select distinct on (w.table_name, w.column_name) w.withdrawn, w.value = u.value as is_same, w.waived_by, w.reason
        from unnest(of_tables, of_columns, of_values) as u (table_name, column_name, value)
        join margin.finding_waiver as w
            on w.business_date = on_date and w.cycle = of_cycle and w.rule = of_rule and w.row_key = of_key
            and w.table_name = u.table_name and w.column_name = u.column_name
        order by w.table_name, w.column_name, w.revision desc
    loop
        if newest.is_same and not newest.withdrawn then
            raise exception 'it is waived already, by %: %', newest.waived_by, newest.reason
                using errcode = '23514', constraint = 'finding_is_waived_once';
        end if;
        is_correction := true;
    end loop;
    perform margin.make_months('finding_waiver', array[on_date]);
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('finding_waiver', case when is_correction then 'correction' else 'load' end, 'margin waive',
        cardinality(of_values), given_reason)
    returning load_id into new_load;
    insert into margin.finding_waiver (business_date, cycle, rule, table_name, row_key, column_name, value, reason,
        waived_by, load_id, revision)
    select on_date, of_cycle, of_rule, u.table_name, of_key, u.column_name, u.value, given_reason, session_user, new_load,
        1 + coalesce((
            select max(w.revision)
            from margin.finding_waiver as w
            where w.business_date = on_date and w.cycle = of_cycle and w.rule = of_rule and w.row_key = of_key
                and w.table_name = u.table_name and w.column_name = u.column_name
        ), 0)
    from unnest(of_tables, of_columns, of_values) as u (table_name, column_name, value);
    insert into margin.input_load_date (load_id, business_date, row_count)
    values (new_load, on_date, cardinality(of_values));
    return new_load;
end
$$;
comment on function margin.waive_finding is
    'Waives the findings of a rule about a row of a business date and cycle as the session''s login.';
revoke execute on function margin.waive_finding from public;
