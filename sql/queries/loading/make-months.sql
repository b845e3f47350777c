-- purpose: make the partitions of the months that the staged rows fall into, where they are not there yet
-- grain: one row, empty
-- reads: input_load
-- needs: staged_row
-- parameters: $1 table
select margin.make_months_to_load($1, array_agg(distinct nullif(s.business_date, '')::date))::text
from staged_row as s
