-- purpose: the attempts at the stages of a run
-- grain: one row an execution
-- order: execution
-- reads: execution
-- parameters: $1 run
select e.execution_id, e.stage, e.status, e.row_count, e.error,
    to_char(e.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as started_at,
    round(extract(epoch from coalesce(e.ended_at, clock_timestamp()) - e.started_at)::numeric, 3) as seconds
from margin.execution as e
where e.run_id = $1
order by e.execution_id
