-- purpose: correct rows of one table, all of them or none
-- grain: one row a fault; without faults one row: the load, and how many rows were as they should be already
-- order: line, column
-- reads: calendar_date, corrected_row, input_column, input_load, input_load_date, input_load_parameter_set
-- parameters: $1 table, $2 columns, $3 rows as a JSON array, $4 source, $5 SHA-256 of the source, $6 reason, $7 lines before the first row (null: no file), $8 whether rows that are not there are added, $9 whether the rows are taken back, $10 first and $11 last date of an override (null: no parameter)
select c.load_id, c.line, c.column_name, c.value, c.reason, c.message
from margin.correct($1, $2, $3::text::jsonb, $4, $5, $6, $7, $8, $9, $10, $11) as c
order by c.line, c.column_name
