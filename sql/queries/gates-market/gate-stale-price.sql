-- purpose: a quote older than three days on a listed series
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: intraday_settlement_price, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'last_quoted_on' as column_name, p.last_quoted_on::text as value,
    'last quoted ' || ($2 - p.last_quoted_on) || ' days before the business date' as message
from margin.settlement_price_as_of($1, $2, $4) as p
where p.business_date = $2 and $2 - p.last_quoted_on > 3
order by row_key
