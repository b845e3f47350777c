-- purpose: one run by its number
-- grain: one row or none
-- reads: run
-- parameters: $1 business date, $2 cycle, $3 run number
select r.run_id, r.run_number, r.status, r.parameter_set, r.pinned_load_id, r.base_run_id, r.awaits_review
from margin.run as r
where r.business_date = $1 and r.cycle = $2 and r.run_number = $3
