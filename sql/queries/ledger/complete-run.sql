-- purpose: mark a run complete: every stage has succeeded
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 run
update margin.run
set status = 'complete'
where run_id = $1 and status = 'building'
