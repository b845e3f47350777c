-- purpose: takes from a run the arrays that its base holds equal, column by column. Returns how many.
-- after: 01-domains
create or replace function margin.keep_changed_arrays(run bigint, base bigint) returns bigint language plpgsql as $$
declare
    equal_columns text := (select string_agg(format('b.%1$I is not distinct from r.%1$I', a.attname), ' and ' order by a.attnum)
        from pg_catalog.pg_attribute as a
        where a.attrelid = 'margin.risk_array'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'run_id');
    taken bigint;
begin
    execute format(
        'delete from margin.risk_array as r
        using margin.risk_array_of($2) as b
        where r.run_id = $1 and b.series = r.series and %s', equal_columns)
        using run, base;
    get diagnostics taken = row_count;
    return taken;
end
$$;
comment on function margin.keep_changed_arrays is 'Takes from a run the arrays that its base holds equal.';
