-- purpose: a quantity that no house can hold would overflow a sum
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id,
    p.source_line, 'long_quantity' as column_name, p.long_quantity || ' long, ' || p.short_quantity || ' short' as value,
    'a quantity above 1,000,000,000 contracts' as message
from margin.position_as_of($1) as p
where p.business_date = $2 and p.cycle = $4 and (p.long_quantity > 1000000000 or p.short_quantity > 1000000000)
order by row_key
