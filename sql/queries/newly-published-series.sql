-- purpose: how many series have an array in a run and none in its base
-- grain: one row
-- parameters: $1 run
select count(*) as series
from margin.risk_array as r
where r.run_id = $1
    and not exists (
        select from margin.result_source as s
        join margin.risk_array as b on b.run_id = s.source_run_id and b.series = r.series
        where s.run_id = $1 and s.stage = 'risk-arrays' and s.source_run_id <> $1
    )
