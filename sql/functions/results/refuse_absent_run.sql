-- purpose: refuses rows of a run that there is not, where a statement writes straight into a block of 64 runs: asks the
--     block's key for each of their numbers. The server keeps no row for it, as it does for margin.refuse_absent, and what
--     it costs hangs neither on the rows nor on the runs that are there.
-- after: 02-loads
create or replace function margin.refuse_absent_run() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
    first_run bigint := tg_argv[0];
    is_named boolean;
begin
    for run in first_run .. first_run + 63
    loop
        execute format('select exists (select from margin_part.%I as r where r.run_id = $1)', tg_table_name)
            into is_named using run;
        if is_named and not exists (select from margin.run as r where r.run_id = run) then
            raise exception 'there is no run %', run
                using errcode = '23503', table = tg_table_name, schema = tg_table_schema, constraint = tg_name;
        end if;
    end loop;
    return null;
end
$$;
comment on function margin.refuse_absent_run is 'Refuses rows of a run that there is not, in a block of runs.';
