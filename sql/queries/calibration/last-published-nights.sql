-- purpose: the last published nights
-- grain: one row a business date
-- order: business date, newest first
-- reads: run
-- parameters: $1 cycle, $2 nights
select r.business_date
from margin.run as r
where r.cycle = $1 and r.status = 'published'
order by r.business_date desc
limit $2
