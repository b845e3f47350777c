-- purpose: the stages of a run that are done
-- grain: one row a stage
-- order: execution
-- reads: execution
-- parameters: $1 run
select e.stage, e.fingerprint, e.numbers_version, e.row_count, e.started_at, e.ended_at,
    e.reused_execution_id is not null as is_reused
from margin.execution as e
where e.run_id = $1 and e.status = 'succeeded'
order by e.execution_id
