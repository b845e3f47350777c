-- purpose: an option whose volatility is assigned needs a row for itself or its underlying
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'volatility' as table_name, s.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'volatility' as column_name, 'no row' as value,
    'no assigned volatility for ' || s.series || ' or its underlying ' || s.underlying as message
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
where c.volatility_source = 'assigned' and s.expiry_date >= $2
    and not exists (select from margin.volatility_as_of($1) as v
        where v.business_date = $2 and v.instrument in (s.series, s.underlying))
order by row_key
