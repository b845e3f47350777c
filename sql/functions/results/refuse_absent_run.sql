-- purpose: refuses rows of a run that there is not: once a statement, over the runs its rows name, where a key to the
--     register would ask for every row.
-- after: 11-runs
create or replace function margin.refuse_absent_run() returns trigger language plpgsql as $$
declare
    absent bigint;
begin
    select i.run_id into absent
    from (select distinct i.run_id from inserted as i) as i
    where not exists (select from margin.run as r where r.run_id = i.run_id)
    limit 1;
    if found then
        raise exception 'there is no run %', absent
            using errcode = '23503', table = tg_table_name, schema = tg_table_schema, constraint = tg_name;
    end if;
    return null;
end
$$;
comment on function margin.refuse_absent_run is 'Refuses results of a run that there is not.';
