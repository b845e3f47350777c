-- purpose: mark what a killed process left running; the caller holds the lock that proves it dead
-- grain: one row an execution, updated: run number, stage, execution
-- reads: execution, run
-- parameters: $1 business date, $2 cycle
update margin.execution as e
set status = 'abandoned', ended_at = clock_timestamp()
from margin.run as r
where r.run_id = e.run_id and r.business_date = $1 and r.cycle = $2 and e.status = 'running'
returning r.run_number, e.stage, e.execution_id
