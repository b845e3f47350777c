-- purpose: approves a correction; refused by constraint for who asked for it.
-- after: 01-domains
create or replace function margin.approve_correction(correction bigint, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into margin.correction_approval (load_id, requested_by, reason)
    select l.load_id, l.loaded_by, given_reason
    from margin.input_load as l
    where l.load_id = correction and l.kind = 'correction';
    if not found then
        raise exception 'there is no correction %', correction using errcode = '23514';
    end if;
end
$$;
revoke execute on function margin.approve_correction from public;
