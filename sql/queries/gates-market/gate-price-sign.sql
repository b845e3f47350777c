-- purpose: only flagged products trade at or below zero
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity, contract, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'a price ' || case when p.price = 0 then 'of zero' else 'below zero' end || ' for ' || k.combined_commodity
        || ', which cannot trade there' as message
from margin.settlement_price_as_of($1, $2, $4) as p
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
join margin.combined_commodity_as_of($1) as k on k.combined_commodity = c.combined_commodity
where p.business_date = $2 and not k.can_trade_at_or_below_zero
    and ($6::text[] is null or c.combined_commodity = any ($6))
    and (p.price < 0 or (p.price = 0 and c.kind = 'future'))
order by row_key
