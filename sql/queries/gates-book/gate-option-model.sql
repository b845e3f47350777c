-- purpose: an option on a price at or below zero needs a model that can value it
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, series, settlement_price, underlying_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'contract' as table_name, c.contract || ', ' || s.underlying as row_key, c.load_id, c.source_line,
    'option_model' as column_name, c.option_model as value,
    'cannot value options on ' || s.underlying || ' at ' || u.price || '; bachelier can' as message
from margin.contract_as_of($1) as c
join (select contract, underlying from margin.series_as_of($1)
    where option_right is not null and expiry_date >= $2 group by contract, underlying) as s on s.contract = c.contract
cross join lateral (
    select f.price from margin.settlement_price_as_of($1, $2, $4) as f
    where f.business_date = $2 and f.series = s.underlying and f.price_kind = 'settlement'
    union all
    select f.price from margin.underlying_price_as_of($1, $2, $4) as f
    where f.business_date = $2 and f.underlying = s.underlying
    limit 1
) as u
where c.option_model not in ('bachelier', 'spread') and u.price <= 0
order by row_key
