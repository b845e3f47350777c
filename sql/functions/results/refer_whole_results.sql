-- purpose: adds TABLE_of(run) for a stage whose results stand or fall as a whole: the rows of the newest run that computed it.
-- after: 01-domains
create or replace function margin.refer_whole_results(plain_name text, stage text) returns void language plpgsql as $$
begin
    execute format(
        'create or replace function margin.%1$I(run bigint) returns setof margin.%2$I
            language sql stable parallel safe as $body$
            select t.*
            from margin.%2$I as t
            where t.run_id = (
                select r.sources[array_upper(r.sources, 1)]
                from (select margin.source_runs(run, %3$L) as sources) as r)
        $body$', plain_name || '_of', plain_name, stage);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
comment on function margin.refer_whole_results is 'Adds TABLE_of(run) for results that stand or fall as a whole.';
