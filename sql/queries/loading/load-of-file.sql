-- purpose: the last load of a file, byte for byte, into a table
-- grain: one row or none
-- order: the newest first
-- reads: input_load
-- parameters: $1 table, $2 SHA-256 of the file
select l.load_id, l.row_count
from margin.input_load as l
where l.table_name = $1 and l.source_sha256 = $2 and l.kind = 'load'
order by l.load_id desc
limit 1
