-- purpose: how long a stage took when it last computed everything
-- grain: one row or none
-- order: newest first
-- parameters: $1 stage, $2 cycle
select extract(epoch from e.ended_at - e.started_at)::double precision as seconds
from margin.execution as e
join margin.run as r on r.run_id = e.run_id
where e.stage = $1 and r.cycle = $2 and e.status = 'succeeded' and e.reused_execution_id is null
    and not exists (
        select from margin.result_source as s
        where s.run_id = e.run_id and s.stage = e.stage and s.source_run_id <> e.run_id
    )
order by e.execution_id desc
limit 1
