-- purpose: how many series have an array in a run and none in its base
-- grain: one row
-- reads: result_source, risk_array
-- parameters: $1 run
select count(*) as series
from margin.risk_array as r
where r.run_id = $1
    and not exists (
        select from margin.risk_array as b
        where b.run_id = any ((select margin.source_runs($1, 'risk-arrays'))::bigint[]) and b.run_id <> $1 and b.series = r.series
    )
