-- purpose: the executions of a run
-- grain: one row an execution
-- order: execution
-- parameters: $1 run
select e.stage, e.status, e.row_count, e.error
from margin.execution as e
where e.run_id = $1
order by e.execution_id
