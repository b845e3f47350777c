-- purpose: the faults of the latest refused files
-- grain: one row a fault
-- order: refusal, latest first; fault
-- reads: rejected_row
-- parameters: $1 refusals at most, $2 table (null: all)
select r.rejection, r.table_name, r.source, r.source_line, r.column_name, r.value, r.reason, r.message, r.rejected_by,
    to_char(r.rejected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as rejected_at
from margin.rejected_row as r
where r.rejection in (
    select n.rejection
    from margin.rejected_row as n
    where n.number = 1 and ($2::text is null or n.table_name = $2)
    order by n.rejection desc
    limit $1)
order by r.rejection desc, r.number
