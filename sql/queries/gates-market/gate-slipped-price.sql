-- purpose: a future at about ten or a hundred times the price of the day before, or at that part of it, has a slipped point
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, m.series || ', ' || m.price_kind as row_key, m.load_id, m.source_line,
    'price' as column_name, m.price::text as value,
    case when abs(m.price) >= abs(m.previous) then 'the price is ' || round(m.ratio, 2) || ' times the previous ' || m.previous
        else 'the previous ' || m.previous || ' is ' || round(m.ratio, 2) || ' times the price' end
        || ': a slipped decimal point' as message
from (
    select p.series, p.price_kind, p.load_id, p.source_line, p.price, q.price as previous,
        greatest(p.price / q.price, q.price / p.price) as ratio
    from margin.settlement_price_as_of($1, $2, $4) as p
    join margin.settlement_price_as_of($1, $2, $4) as q
        on q.business_date = $3 and q.series = p.series and q.price_kind = 'settlement'
    join margin.series_as_of($1) as s on s.series = p.series
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where p.business_date = $2 and p.price <> 0 and q.price <> 0 and c.kind = 'future'
        and ($6::text[] is null or c.combined_commodity = any ($6))
) as m
where m.ratio between 8 and 12 or m.ratio between 80 and 120
order by row_key
