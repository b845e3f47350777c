-- purpose: record the version a run uses of one table
-- grain: one row a table, written
-- reads: run_input
-- parameters: $1 run, $2 table, $3 version, $4 rows
insert into margin.run_input (run_id, table_name, version, row_count)
values ($1, $2, $3, $4)
