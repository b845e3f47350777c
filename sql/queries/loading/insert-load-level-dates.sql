-- purpose: record which days of histories a load touched, so that dates before them keep their versions
-- grain: one row a day, written
-- reads: input_load_date
-- needs: staged_row
-- parameters: $1 load
insert into margin.input_load_date (load_id, business_date, row_count)
select $1, d.level_date, count(*)
from (select nullif(s.level_date, '')::date as level_date from staged_row as s) as d
group by d.level_date
