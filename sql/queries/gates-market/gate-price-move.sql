-- purpose: a future that moved beyond its limit
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, data_gate, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'moved by ' || round(100 * (p.price - q.price) / abs(q.price), 2) || ' % from ' || q.price || ', beyond '
        || round(100 * g.threshold, 2) || ' %' as message
from margin.settlement_price_as_of($1, $2, $4) as p
join margin.settlement_price_as_of($1, $2, $4) as q
    on q.business_date = $3 and q.series = p.series and q.price_kind = p.price_kind
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
join margin.data_gate_as_of($1, $2) as g on g.parameter_set = $5 and g.rule = 'price_move' and g.combined_commodity = c.combined_commodity
where p.business_date = $2 and c.kind = 'future' and q.price <> 0
    and ($6::text[] is null or c.combined_commodity = any ($6))
    and abs(p.price - q.price) > g.threshold * abs(q.price)
order by row_key
