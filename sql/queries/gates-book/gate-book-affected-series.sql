-- purpose: as gate-book-series, of the series alone that a change can move: the gates found nothing about the others
-- grain: one row a business date and series held
-- reads: contract, intraday_settlement_price, position, realised_average, series, settlement_price,
--     underlying_price, volatility
-- needs: affected_series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table held_series on commit drop as
select p.business_date, p.series, sum(p.long_quantity) as long_quantity, sum(p.short_quantity) as short_quantity,
    greatest(max(p.long_quantity), max(p.short_quantity)) as largest_quantity
from (
    select b.business_date, b.series, b.long_quantity, b.short_quantity from margin.book_position_as_of($1, $2, $4) as b
    union all
    select b.business_date, b.series, b.long_quantity, b.short_quantity from margin.book_position_as_of($1, $3, 'EOD') as b
) as p
join affected_series as a on a.series = p.series
group by p.business_date, p.series
