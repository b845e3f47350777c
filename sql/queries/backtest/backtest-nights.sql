-- purpose: the published nights of a span of dates
-- grain: one row a business date
-- order: business date
-- reads: run
-- parameters: $1 cycle, $2 first date, $3 last date
select r.run_id, r.run_number, r.business_date, r.parameter_set, r.pinned_load_id
from margin.run as r
where r.cycle = $1 and r.business_date between $2 and $3 and r.status = 'published'
order by r.business_date
