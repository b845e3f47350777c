-- purpose: record which business dates a load touched, so that a run knows its inputs' versions without reading them
-- grain: one row a date, written
-- reads: input_load_date
-- needs: staged_row
-- parameters: $1 load
insert into margin.input_load_date (load_id, business_date, row_count)
select $1, d.business_date, count(*)
from (select nullif(s.business_date, '')::date as business_date from staged_row as s) as d
group by d.business_date
