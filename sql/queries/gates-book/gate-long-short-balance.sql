-- purpose: across the house every long has a short
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: held_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, h.series as row_key, null::bigint as load_id, null::bigint as source_line,
    'long_quantity' as column_name, h.long_quantity::text as value,
    'the house is long ' || h.long_quantity || ' and short ' || h.short_quantity as message
from held_series as h
where h.is_held and h.long_quantity <> h.short_quantity
order by row_key
