-- purpose: a position carried over needs the price it was last settled at
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, realised_average, series, settlement_price,
--     underlying_price, volatility
-- needs: held_series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, h.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value,
    'no price on the previous business date ' || $3 || ', when the series was held' as message
from held_series as h
join margin.series_as_of($1) as s on s.series = h.series
join margin.contract_as_of($1) as c on c.contract = s.contract
where h.business_date = $3 and c.option_style is distinct from 'premium'
    and not exists (select from margin.settlement_price_as_of($1, $2, $4) as q
        where q.business_date = $3 and q.series = h.series and q.price_kind = 'settlement')
order by row_key
