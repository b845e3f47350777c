-- purpose: the tables that take a house's own data
-- grain: one row a table
-- order: table name
-- reads: input_column
-- parameters: none
select c.table_name
from margin.input_column as c
group by c.table_name
order by c.table_name collate "C"
