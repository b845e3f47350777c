-- purpose: approves waivers; refused by constraint for who brought them.
-- after: 01-domains
create or replace function margin.approve_waiver(which bigint, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into margin.waiver_approval (waiver, requested_by, reason)
    select l.load_id, l.loaded_by, given_reason
    from margin.input_load as l
    where l.load_id = which and l.table_name = 'finding_waiver';
    if not found then
        raise exception 'there is no waiver %', which using errcode = '23514';
    end if;
end
$$;
comment on function margin.approve_waiver is 'Approves the waivers of a load as the session''s login.';
revoke execute on function margin.approve_waiver from public;
