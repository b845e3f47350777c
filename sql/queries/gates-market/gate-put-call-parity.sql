-- purpose: call less put is the forward less the strike, within a tenth
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with quoted as (
    select s.contract, s.underlying, s.expiry_date, s.strike, s.option_right, s.series, s.price, s.load_id, s.source_line,
        s.underlying_price
    from listed_series as s
    where s.option_right is not null and s.expiry_date >= $2 and s.option_model <> 'black_scholes'
        and s.price is not null and ($6::text[] is null or s.combined_commodity = any ($6))
)
select 'settlement_price' as table_name, k.series::text as row_key, k.load_id, k.source_line,
    'price' as column_name, k.price::text as value,
    'call ' || k.price || ' less put ' || q.price || ' against forward ' || k.underlying_price || ' less strike ' || k.strike
        as message
from quoted as k
join quoted as q on q.contract = k.contract and q.underlying = k.underlying and q.expiry_date = k.expiry_date
    and q.strike = k.strike and q.option_right = 'put'
where k.option_right = 'call' and abs(k.price - q.price - k.underlying_price + k.strike)
    > 0.1 * abs(k.underlying_price - k.strike) + 0.02 * abs(k.underlying_price)
order by row_key
