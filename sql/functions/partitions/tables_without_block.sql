-- purpose: the tables of results that lack the block of a run.
-- after: 01-domains
create or replace function margin.tables_without_block(run bigint) returns setof text language sql stable as $$
    select p.table_name
    from margin.archive_part(null, null) as p
    join pg_catalog.pg_partitioned_table as t on t.partrelid = pg_catalog.to_regclass(format('margin.%I', p.table_name))
    where not p.is_input
        and pg_catalog.to_regclass(format('margin_part.%I', margin.block_partition(p.table_name, run))) is null
    order by p.table_name collate "C"
$$;
