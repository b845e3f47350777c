-- purpose: put the staged rows of an archive back into their table
-- grain: one row, the number of rows put back
-- reads: input_load, run
-- parameters: $1 table
select margin.restore_archived($1)
