-- purpose: put the staged rows of an archive back into their table
-- grain: one row, the number of rows put back
-- parameters: $1 table
select margin.restore_archived($1)
