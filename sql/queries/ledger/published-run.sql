-- purpose: the published run of a date and cycle, intraday the newest
-- grain: one row or none
-- order: run number, newest first
-- reads: run
-- parameters: $1 business date, $2 cycle
select r.run_id, r.run_number, r.status, r.parameter_set, r.pinned_load_id, r.base_run_id, r.awaits_review
from margin.run as r
where r.business_date = $1 and r.cycle = $2 and r.status = 'published'
order by r.run_number desc
limit 1
