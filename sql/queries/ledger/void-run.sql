-- purpose: give up a run being built
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 run
update margin.run
set status = 'void'
where run_id = $1 and status = 'building'
