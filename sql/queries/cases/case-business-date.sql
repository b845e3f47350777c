-- purpose: the business date of a case: the newest one that positions were loaded for
-- grain: one row; null where no position was loaded
-- reads: position
-- parameters: none
select max(p.business_date) as business_date
from margin.position as p
