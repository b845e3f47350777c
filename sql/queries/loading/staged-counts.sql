-- purpose: how many staged rows have each value of a column, as it is written; empty cells are left to the load
-- grain: one row a value
-- order: value
-- reads: none
-- parameters: $1 column
select c.value, c.row_count
from margin.staged_counts($1) as c
order by c.value
