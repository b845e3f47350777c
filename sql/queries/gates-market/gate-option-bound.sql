-- purpose: an option costs no more than its underlying or strike allows: beyond it, a slipped point
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, series, settlement_price, underlying_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'a ' || s.option_right || ' struck at ' || s.strike || ' on ' || u.price || ' cannot cost this much' as message
from margin.settlement_price_as_of($1, $2, $4) as p
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
cross join lateral (
    select f.price from margin.settlement_price_as_of($1, $2, $4) as f
    where f.business_date = $2 and f.series = s.underlying and f.price_kind = 'settlement'
    union all
    select f.price from margin.underlying_price_as_of($1, $2, $4) as f
    where f.business_date = $2 and f.underlying = s.underlying
    limit 1
) as u
where p.business_date = $2 and p.price_kind = 'settlement' and c.option_model <> 'bachelier' and s.expiry_date >= $2
    and u.price > 0 and ($6::text[] is null or c.combined_commodity = any ($6))
    and p.price > case s.option_right when 'call' then u.price else s.strike end * 1.05
order by row_key
