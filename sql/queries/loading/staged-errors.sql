-- purpose: what is wrong with the staged rows, cell by cell
-- grain: one row an error: line, column, value, reason, words
-- order: line, column
-- reads: input_column
-- parameters: $1 table, $2 columns, $3 lines before the first row, $4 whether it corrects
select e.line, e.column_name, e.value, e.reason, e.message
from margin.staged_errors($1, $2, $3, $4) as e
order by e.line, e.column_name
limit 100
