-- purpose: the one pass over the book for the gates after this, out of which the tables of what is held are made: the positions of
--     margin.book_position_as_of on both dates, in one scan
-- grain: one row a business date, account, owner and series
-- order: none: the reader adds up
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: settled_series
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
select p.business_date = $2 as is_today, p.account, p.owner, p.series, p.long_quantity, p.short_quantity
from margin.position_as_of($1) as p
where (p.business_date = $2 and p.cycle = $4 or p.business_date = $3 and p.cycle = 'EOD')
    and (p.long_quantity <> 0 or p.short_quantity <> 0)
    and not exists (select from settled_series as f where f.business_date = p.business_date and f.series = p.series)
