-- purpose: the series that expired before the date and are still in the book: their final price has not come
-- grain: one row a series
-- order: none: the reader keys them
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle
with expired as materialized (
    select s.series
    from margin.series_as_of($1) as s
    join margin.settlement_price_as_of($1, $2, $3) as q on q.business_date = $2 and q.series = s.series
    where s.expiry_date < $2
    group by s.series
)
select e.series
from expired as e
where exists (select from expired) and e.series in (select p.series from margin.book_position_as_of($1, $2, $3) as p)
