-- purpose: a night without a single position is a feed that did not arrive
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: position
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, $2::text || ', ' || $4::text as row_key, null::bigint as load_id,
    null::bigint as source_line, 'account' as column_name, 'no row' as value,
    'the positions table is empty for this date and cycle' as message
from (select) as always
where not exists (select from margin.position_as_of($1) as p where p.business_date = $2 and p.cycle = $4)
order by row_key
