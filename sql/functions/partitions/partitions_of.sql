-- purpose: partitions_of
-- after: 01-domains
create or replace function margin.partitions_of(target text)
    returns table (partition_name text, first_value text, end_value text) language sql stable as $$
    select c.relname::text, b.bound[1], b.bound[2]
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    cross join lateral (
        select pg_catalog.regexp_match(pg_catalog.pg_get_expr(c.relpartbound, c.oid),
            '^FOR VALUES FROM \(''(.*)''\) TO \(''(.*)''\)$') as bound
    ) as b
    where i.inhparent = pg_catalog.to_regclass(format('margin.%I', target))
    order by c.relname collate "C"
$$;
