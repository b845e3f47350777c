-- purpose: record which business dates, or days of histories, a load touched: a run knows its inputs' versions without reading
--     them, and dates before a change keep theirs
-- grain: one row a date, written
-- reads: input_load_date
-- parameters: $1 load, $2 dates, $3 rows of each
insert into margin.input_load_date (load_id, business_date, row_count)
select $1, d.business_date, d.row_count
from unnest($2::date[], $3::bigint[]) as d (business_date, row_count)
