-- purpose: the business days of a period, with the published run of each
-- grain: one row a business day, and a night without one that is published all the same
-- order: business date
-- reads: calendar_date, run
-- parameters: $1 first day, $2 last day
select d.business_date, r.run_number
from (
    select c.calendar_date as business_date
    from margin.calendar_date_as_of(9223372036854775807) as c
    where c.is_business_day and c.calendar_date between $1 and $2
    union
    select p.business_date
    from margin.run as p
    where p.cycle = 'EOD' and p.status = 'published' and p.business_date between $1 and $2
) as d
left join margin.run as r on r.business_date = d.business_date and r.cycle = 'EOD' and r.status = 'published'
order by d.business_date
