-- purpose: published arrays are one row a series: the newest of a run's sources that has one holds it.
-- after: 13-results-of-offsets
create or replace function margin.risk_array_of(run bigint) returns setof margin.risk_array
    language sql stable parallel safe as $$
    select r.*
    from margin.risk_array as r
    where r.run_id = any ((select margin.source_runs(run, 'risk-arrays'))::bigint[]) and not exists (
        select from margin.newest_array(run) as n
        where n.series = r.series and n.newest_run_id > r.run_id)
$$;
comment on function margin.risk_array_of is 'Published arrays as a run sees them, whichever run holds them.';
