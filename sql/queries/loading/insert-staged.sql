-- purpose: move the staged rows into their table
-- grain: one row, the number of rows moved
-- reads: input_column
-- parameters: $1 table, $2 columns, $3 load, $4 lines before the first row, $5 whether it corrects
select margin.insert_staged($1, $2, $3, $4, $5)
