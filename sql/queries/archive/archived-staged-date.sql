-- purpose: the first business date of the staged rows that lies before a day
-- grain: one row, null where there is none; what is no date is left to the load
-- reads: none
-- needs: staged_row
-- parameters: $1 day
select min(s.business_date) as business_date
from staged_row as s
where s.business_date ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and s.business_date < ($1::date)::text
