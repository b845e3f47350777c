-- purpose: the series of which any but the oldest of a run's sources has an array, with the newest. Grain: one row a
--     series.
-- after: 01-domains
create or replace function margin.newest_array(run bigint)
    returns table (series text, newest_run_id bigint) language plpgsql stable parallel safe rows 1000 as $$
begin
    return query
        select r.series::text, max(r.run_id)
        from margin.risk_array as r
        where r.run_id = any ((select (margin.source_runs(run, 'risk-arrays'))[2:])::bigint[])
        group by r.series;
end
$$;
comment on function margin.newest_array is
    'The series of which any but the oldest of a run''s sources has an array, with the newest. Grain: one row a series.';
