-- purpose: a position carried over needs the price it was last settled at
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, p.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value,
    'no price on the previous business date ' || $3 || ', when the series was held' as message
from margin.position_as_of($1) as p
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
where p.business_date = $3 and p.cycle = $4 and c.option_style is distinct from 'premium'
    and (p.long_quantity <> 0 or p.short_quantity <> 0)
    and not exists (select from margin.settlement_price_as_of($1) as q
        where q.business_date = $3 and q.series = p.series and q.price_kind = 'settlement')
group by p.series
order by row_key
