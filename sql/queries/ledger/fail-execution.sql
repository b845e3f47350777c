-- purpose: end an execution that failed
-- grain: one row an execution, updated
-- reads: execution
-- parameters: $1 execution, $2 error
update margin.execution
set status = 'failed', error = left(regexp_replace($2, '[\u0001-\u0009\u000b-\u001f\u007f]', ' ', 'g'), 20000), ended_at = clock_timestamp()
where execution_id = $1 and status = 'running'
