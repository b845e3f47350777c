-- purpose: registers a result table and adds TABLE_of(run): its rows as a run sees them, whichever run holds them. Of a part
--     that no newer source changed that is the oldest. Each list is asked for once and not a row. No row of another run is read.
-- after: 01-domains
create or replace function margin.refer_results(plain_name text, stage text, part_kind text)
    returns void language plpgsql as $$
begin
    insert into margin.result_table (table_name, stage, part_kind, part_column)
    values (plain_name, stage, part_kind, part_kind)
    on conflict do nothing;
    execute format(
        'create or replace function margin.%1$I(run bigint) returns setof margin.%2$I
            language sql stable parallel safe as $body$
            select t.*
            from margin.%2$I as t
            left join margin.newest_part(run, %3$L, %4$L) as n on n.part = t.%5$I
            where t.run_id = any ((select margin.source_runs(run, %3$L))::bigint[])
                and int8eq(t.run_id, coalesce(n.newest_run_id, (select (margin.source_runs(run, %3$L))[1])))
        $body$', plain_name || '_of', plain_name, stage, part_kind, part_kind);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
comment on function margin.refer_results is 'Registers a result table and adds TABLE_of(run).';
