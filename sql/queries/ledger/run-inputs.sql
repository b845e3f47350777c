-- purpose: the versions a run has pinned
-- grain: one row a table
-- order: table name
-- reads: run_input
-- parameters: $1 run
select i.table_name, i.version, i.row_count
from margin.run_input as i
where i.run_id = $1
order by i.table_name collate "C"
