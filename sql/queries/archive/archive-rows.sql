-- purpose: remove what an archive holds and enter it in the register
-- grain: one row a table, with the rows removed
-- order: table name
-- reads: archive, calendar_date, input_load, run, standing_archive
-- parameters: $1 date before which runs leave, $2 that of inputs, $3 folder, $4 digest of its manifest, $5 rows
select r.table_name, r.removed
from margin.archive_rows($1, $2, $3, $4, $5) as r
order by r.table_name collate "C"
