-- purpose: a price stands in the currency of its combined commodity
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity, contract, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'currency' as column_name, p.currency::text as value,
    'the series settles in ' || k.currency as message
from margin.settlement_price_as_of($1, $2, $4) as p
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
join margin.combined_commodity_as_of($1) as k on k.combined_commodity = c.combined_commodity
where p.business_date = $2 and p.currency <> k.currency
    and ($6::text[] is null or c.combined_commodity = any ($6))
order by row_key
