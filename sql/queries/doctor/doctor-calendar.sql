-- purpose: how the calendar stands around a business date
-- grain: one row
-- reads: calendar_date
-- parameters: $1 pinned load, $2 business date
select coalesce(bool_or(c.is_business_day) filter (where c.calendar_date = $2), false) as is_business_day,
    count(*) filter (where c.calendar_date > $2 and c.is_business_day) as business_days_after,
    (max(c.calendar_date) filter (where c.is_business_day))::text as last_business_day
from margin.calendar_date_as_of($1) as c
