-- purpose: what a correction changed
-- grain: one row a cell: row, column, before, after
-- order: row, column
-- reads: corrected_cell
-- parameters: $1 correction
select c.row_key, c.column_name, c.before_value, c.after_value
from margin.corrected_cell as c
where c.load_id = $1
order by c.row_key collate "C", c.column_name collate "C"
