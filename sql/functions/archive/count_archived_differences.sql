-- purpose: how many rows the staged ones and those of the table differ in, of those an archive takes.
-- after: 01-domains
create or replace function margin.count_archived_differences(target text, runs_before date, inputs_before date) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    different bigint;
    part record;
begin
    select p.condition, array_to_string(array(select quote_ident(c) from unnest(p.column_names) as c), ', ') as columns
    into part
    from margin.archive_part(runs_before, inputs_before) as p
    where p.table_name = target;
    execute format('select (select count(*) from (select %1$s from pg_temp.archived_row except all
            select %1$s from margin.%2$I as t where %3$s) as x)
        + (select count(*) from (select %1$s from margin.%2$I as t where %3$s except all
            select %1$s from pg_temp.archived_row) as y)', part.columns, target, part.condition) into different;
    return different;
end
$$;
revoke execute on function margin.count_archived_differences from public;
