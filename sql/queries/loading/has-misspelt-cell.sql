-- purpose: whether a staged date, number or flag is written otherwise than here, though the server might read it
-- grain: one row
-- reads: input_column
-- parameters: $1 table, $2 columns
select margin.has_misspelt_cell($1, $2)
