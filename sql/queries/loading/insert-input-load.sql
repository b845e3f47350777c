-- purpose: register one load of an input table
-- grain: one row, the new load's id
-- reads: input_load
-- parameters: $1 table, $2 kind, $3 source, $4 SHA-256 of the source, $5 rows, $6 reason
insert into margin.input_load (table_name, kind, source, source_sha256, row_count, reason)
values ($1, $2, $3, $4, $5, $6)
returning load_id
