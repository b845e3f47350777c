-- purpose: a position that settles finally today may still be in the file: it is settled and not margined
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: settled_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id, p.source_line,
    'series' as column_name, p.series::text as value,
    'the series settles finally today at ' || x.price || ': the position has left the book and is not margined' as message
from margin.position_as_of($1) as p
join settled_series as x on x.business_date = $2 and x.series = p.series
where p.business_date = $2 and p.cycle = $4 and (p.long_quantity <> 0 or p.short_quantity <> 0)
order by row_key
