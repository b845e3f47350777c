-- purpose: an option on a price at or below zero needs a model that can value it
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, position, series, settlement_price,
--     underlying_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'contract' as table_name, c.contract || ', ' || s.underlying as row_key, c.load_id, c.source_line,
    'option_model' as column_name, c.option_model as value,
    'cannot value options on ' || s.underlying || ' at ' || coalesce(s.underlying_price, f.price) || '; bachelier can' as message
from (
    select l.contract, l.underlying, l.underlying_price
    from listed_series as l
    where l.option_right is not null and l.expiry_date >= $2 and (l.underlying_price is null or l.underlying_price <= 0)
        and ($6::text[] is null or l.combined_commodity = any ($6))
    group by l.contract, l.underlying, l.underlying_price
) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
left join margin.underlying_price_as_of($1, $2, $4) as f on f.business_date = $2 and f.underlying = s.underlying
where c.option_model not in ('bachelier', 'spread') and coalesce(s.underlying_price, f.price) <= 0
order by row_key
