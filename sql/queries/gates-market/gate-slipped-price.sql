-- purpose: a future at about ten or a hundred times the price of the day before, or at that part of it, has a slipped point
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series, price_today
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, m.series || ', ' || m.price_kind as row_key, m.load_id, m.source_line,
    'price' as column_name, m.price::text as value,
    case when abs(m.price) >= abs(m.previous) then 'the price is ' || round(m.ratio, 2) || ' times the previous ' || m.previous
        else 'the previous ' || m.previous || ' is ' || round(m.ratio, 2) || ' times the price' end
        || ': a slipped decimal point' as message
from (
    select p.series, p.price_kind, p.load_id, p.source_line, p.price, s.previous_price as previous,
        greatest(p.price / s.previous_price, s.previous_price / p.price) as ratio
    from listed_series as s
    join price_today as p on p.series = s.series
    where s.kind = 'future' and p.price <> 0 and s.previous_price <> 0
        and ($6::text[] is null or s.combined_commodity = any ($6))
) as m
where m.ratio between 8 and 12 or m.ratio between 80 and 120
order by row_key
