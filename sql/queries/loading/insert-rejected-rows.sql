-- purpose: keep the faults of one refused file
-- grain: one row a fault, written
-- reads: rejected_row
-- parameters: $1 table, $2 source, $3 SHA-256 of the source, $4 lines as text (empty: none), $5 columns, $6 values, $7 reasons, $8 words
with refusal as (
    select nextval('margin.rejection') as rejection
)
insert into margin.rejected_row
    (rejection, number, table_name, source, source_sha256, source_line, column_name, value, reason, message)
select r.rejection, f.number, $1, $2, $3, nullif(f.line, '')::bigint, f.column_name, f.value, f.reason, f.message
from refusal as r
cross join unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    with ordinality as f (line, column_name, value, reason, message, number)
