-- purpose: compare the staged rows of an archive with those of the table
-- grain: one row, the number of rows that only one side has
-- reads: run
-- parameters: $1 table, $2 date before which runs are archived, $3 date before which inputs are
select margin.count_archived_differences($1, $2, $3)
