-- purpose: a price ten or a hundred times the day before is a slipped point
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'the price is ' || round(p.price / q.price, 2) || ' times the previous ' || q.price || ': a slipped decimal point' as message
from margin.settlement_price_as_of($1) as p
join margin.settlement_price_as_of($1) as q
    on q.business_date = $3 and q.series = p.series and q.price_kind = p.price_kind
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
where p.business_date = $2 and q.price <> 0 and p.price <> 0 and c.kind = 'future'
    and (p.price / q.price between 8 and 12 or p.price / q.price between 80 and 120
        or q.price / p.price between 8 and 12 or q.price / p.price between 80 and 120)
order by row_key
