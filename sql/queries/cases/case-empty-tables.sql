-- purpose: empty every table of a case's throw-away database and begin its numbers anew, so that the next case finds
--   it as a migration leaves it: making and dropping a database costs a checkpoint each, longer than a case takes
-- grain: no rows
-- order: none
-- reads: run
-- parameters: none
do $$
declare
    names text := (select string_agg(format('margin.%I', c.relname), ', ' order by c.relname)
        from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = 'margin' and c.relkind in ('r', 'p'));
    guarded regclass;
    month text;
begin
    for month in select format('margin_part.%I', p.partition_name)
        from margin.archive_part(null, null) as t
        cross join lateral margin.partitions_of(t.table_name) as p
        where t.is_input
    loop
        execute 'drop table ' || month;
    end loop;
    -- The triggers that refuse to empty an input table rest for this one transaction.
    for guarded in select distinct t.tgrelid::regclass from pg_trigger as t
        join pg_class as c on c.oid = t.tgrelid join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = 'margin' and not t.tgisinternal
    loop
        execute format('alter table %s disable trigger user', guarded);
    end loop;
    execute 'truncate ' || names || ' restart identity';
    for guarded in select distinct t.tgrelid::regclass from pg_trigger as t
        join pg_class as c on c.oid = t.tgrelid join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = 'margin' and not t.tgisinternal
    loop
        execute format('alter table %s enable trigger user', guarded);
    end loop;
end
$$
