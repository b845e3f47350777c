-- purpose: yesterdays position, todays trades and final settlements make todays position; what an expired series lost is
--     missing_final_price's, and a position in one that nobody held is expired_series'
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: listed_series, settled_series, unrolled_position
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, b.account || ', ' || b.owner || ', ' || b.series as row_key, null::bigint as load_id,
    null::bigint as source_line, 'long_quantity' as column_name, b.today::text as value,
    'yesterday and today''s trades make ' || b.rolled || ', the book says ' || b.today as message
from unrolled_position as b
where exists (select from margin.position_as_of($1) as y where y.business_date = $3 and y.cycle = 'EOD')
    and b.series not in (select x.series from settled_series as x where x.business_date = $2)
    and not exists (
        select from listed_series as s
        where s.series = b.series and (s.expiry_date <= $2 and b.today = 0 or s.expiry_date < $2 and not s.was_held))
order by row_key
