-- purpose: brings up to date what the planner knows of partitions that were written. What it knows of the table as a
--     whole the server never brings up to date by itself, and it takes every partition's reading: only when the rows
--     have doubled since.
-- after: 01-domains
create or replace function margin.analyze_written(target text, partition_names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    written text;
    parent regclass := format('margin.%I', target)::regclass;
begin
    for written in select p.partition_name from margin.partitions_of(target) as p
        where p.partition_name = any (partition_names)
    loop
        execute format('analyze margin_part.%I', written);
    end loop;
    if (select sum(greatest(c.reltuples, 0)) from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
            where i.inhparent = parent) > 2 * (select greatest(c.reltuples, 0) from pg_class as c where c.oid = parent)
        or (select c.relkind from pg_class as c where c.oid = parent) = 'r'
    then
        execute format('analyze margin.%I', target);
    end if;
end
$$;
