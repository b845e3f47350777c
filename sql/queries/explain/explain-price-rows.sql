-- purpose: the price rows behind one series, with where they came from
-- grain: one row a price
-- order: series, kind
-- reads: input_load, intraday_settlement_price, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 series, $4 cycle
select p.series, p.price_kind, p.price, p.revision, l.source, p.source_line, l.loaded_by, l.reason
from margin.settlement_price_as_of($1, $2, $4) as p
join margin.input_load as l on l.load_id = p.load_id
where p.business_date = $2
    and p.series in (select $3 union all select s.underlying from margin.series_as_of($1) as s where s.series = $3)
order by p.series, p.price_kind
