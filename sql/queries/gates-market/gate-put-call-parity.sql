-- purpose: call less put is the forward less the strike, within a tenth
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with quoted as (
    select s.contract, s.underlying, s.expiry_date, s.strike, s.option_right, s.series, p.price, p.load_id, p.source_line
    from margin.series_as_of($1) as s
    join margin.settlement_price_as_of($1, $2, $4) as p
        on p.business_date = $2 and p.series = s.series and p.price_kind = 'settlement'
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where s.option_right is not null and s.expiry_date >= $2 and c.option_model <> 'black_scholes'
        and ($6::text[] is null or c.combined_commodity = any ($6))
)
select 'settlement_price' as table_name, k.series::text as row_key, k.load_id, k.source_line,
    'price' as column_name, k.price::text as value,
    'call ' || k.price || ' less put ' || q.price || ' against forward ' || u.price || ' less strike ' || k.strike as message
from quoted as k
join quoted as q on q.contract = k.contract and q.underlying = k.underlying and q.expiry_date = k.expiry_date
    and q.strike = k.strike and q.option_right = 'put'
join margin.settlement_price_as_of($1, $2, $4) as u
    on u.business_date = $2 and u.series = k.underlying and u.price_kind = 'settlement'
where k.option_right = 'call'
    and abs(k.price - q.price - u.price + k.strike) > 0.1 * abs(u.price - k.strike) + 0.02 * abs(u.price)
order by row_key
