-- purpose: a final price before the expiry takes a series out of the book that might live on
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, series, settlement_price
-- needs: settled_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, f.series || ', final' as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, f.price::text as value,
    'the series settles finally today and expires on ' || s.expiry_date as message
from settled_series as f
join margin.series_as_of($1) as s on s.series = f.series
where f.business_date = $2 and s.expiry_date > $2
order by row_key
