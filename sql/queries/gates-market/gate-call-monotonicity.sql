-- purpose: a call never costs more than the call with the next lower strike
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with calls as (
    select s.series, s.price, s.load_id, s.source_line, lag(s.price) over chain as lower_price, lag(s.strike) over chain as lower_strike
    from listed_series as s
    where s.option_right = 'call' and s.expiry_date >= $2 and s.price is not null
        and ($6::text[] is null or s.combined_commodity = any ($6))
    window chain as (partition by s.contract, s.underlying, s.expiry_date order by s.strike)
)
select 'settlement_price' as table_name, c.series::text as row_key, c.load_id, c.source_line,
    'price' as column_name, c.price::text as value,
    'the call struck lower, at ' || c.lower_strike || ', costs only ' || c.lower_price as message
from calls as c
where c.price > c.lower_price
order by row_key
