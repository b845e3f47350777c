-- purpose: a place for the rows of one file of an archive, until the transaction ends or the next file
-- grain: one row, empty
-- reads: run
-- parameters: $1 table, $2 columns
select margin.stage_archived($1, $2)::text
