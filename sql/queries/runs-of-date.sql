-- purpose: the runs of a business date
-- grain: one row a run
-- order: cycle, run number
-- parameters: $1 business date
select r.run_id, r.cycle, r.run_number, r.status, r.parameter_set, r.pinned_load_id,
    (select count(*) from margin.finding as f where f.run_id = r.run_id) as findings
from margin.run as r
where r.business_date = $1
order by r.cycle, r.run_number
