-- purpose: end an execution with its fingerprint
-- grain: one row an execution, updated
-- reads: execution
-- parameters: $1 execution, $2 fingerprint, $3 rows written
update margin.execution
set status = 'succeeded', fingerprint = $2, row_count = $3, ended_at = clock_timestamp()
where execution_id = $1 and status = 'running'
