-- purpose: the house's business days
-- grain: one row a business day
-- order: calendar date
-- reads: calendar_date
-- parameters: $1 pinned load
select c.calendar_date
from margin.calendar_date_as_of($1) as c
where c.is_business_day
order by c.calendar_date
