-- purpose: a future that moved beyond its limit
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, data_gate, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series, price_before, price_today
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'moved by ' || round(100 * (p.price - p.previous) / abs(p.previous), 2) || ' % from ' || p.previous || ', beyond '
        || round(100 * g.threshold, 2) || ' %' as message
from (
    select s.series, s.combined_commodity, 'settlement' as price_kind, s.price, s.previous_price as previous, s.load_id,
        s.source_line
    from listed_series as s
    where s.kind = 'future'
    union all
    select s.series, s.combined_commodity, p.price_kind, p.price, q.price, p.load_id, p.source_line
    from listed_series as s
    join price_today as p on p.series = s.series and p.price_kind = 'final'
    join price_before as q on q.series = s.series and q.price_kind = 'final'
    where s.kind = 'future' and exists (select from price_before as b where b.price_kind = 'final')
) as p
join margin.data_gate_as_of($1, $2) as g on g.parameter_set = $5 and g.rule = 'price_move' and g.combined_commodity = p.combined_commodity
where p.previous <> 0 and ($6::text[] is null or p.combined_commodity = any ($6))
    and abs(p.price - p.previous) > g.threshold * abs(p.previous)
order by row_key
