-- purpose: once a house has a past, the previous date's positions are what variation margin is settled on
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: position
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, $3::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'business_date' as column_name, 'no row' as value,
    'no positions of the previous business date: nothing is settled on positions carried over' as message
from (select) as always
where exists (select from margin.position_as_of($1) as p where p.business_date < $3 and p.cycle = 'EOD')
    and not exists (select from margin.position_as_of($1) as p where p.business_date = $3 and p.cycle = 'EOD')
order by row_key
