-- purpose: registers a result table and adds TABLE_of(run): its rows as a run sees them, whichever run holds them.
--     TABLE_of as before, and no row of another run is read. TABLE_of as before.
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
            from margin.part_source(run, %3$L, %4$L) as s
            join margin.%2$I as t on t.%5$I = s.part
            where t.run_id = any (margin.source_runs(run, %3$L)) and int8eq(t.run_id, s.source_run_id)
        $body$', plain_name || '_of', plain_name, stage, part_kind, part_kind);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
comment on function margin.refer_results is 'Registers a result table and adds TABLE_of(run).';
