-- purpose: one run by its id
-- grain: one row or none
-- reads: run
-- parameters: $1 run
select r.run_id, r.run_number, r.status, r.parameter_set, r.pinned_load_id, r.base_run_id, r.awaits_review
from margin.run as r
where r.run_id = $1
