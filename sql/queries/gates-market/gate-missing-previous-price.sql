-- purpose: a position carried over needs the price it was last settled at
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, s.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value,
    'no price on the previous business date ' || $3 || ', when the series was held' as message
from listed_series as s
where s.was_held and s.previous_price is null and s.option_style is distinct from 'premium'
order by row_key
