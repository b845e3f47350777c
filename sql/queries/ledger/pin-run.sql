-- purpose: pin the inputs of a run being built
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 run, $2 pinned load, $3 parameter set
update margin.run
set pinned_load_id = $2, parameter_set = $3
where run_id = $1 and status = 'building'
