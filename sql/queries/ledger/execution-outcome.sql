-- purpose: what became of an execution, after the connection that carried it was lost
-- grain: one row
-- reads: execution
-- parameters: $1 execution
select e.status, e.row_count
from margin.execution as e
where e.execution_id = $1
