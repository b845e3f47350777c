-- purpose: a pass over the book for the gates after this: who holds something on both dates
-- grain: one row a business date, account and owner
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table holding_account on commit drop as
select p.business_date, p.account, p.owner
from (
    select b.business_date, b.account, b.owner from margin.book_position_as_of($1, $2, $4) as b
    union all
    select b.business_date, b.account, b.owner from margin.book_position_as_of($1, $3, 'EOD') as b
) as p
group by p.business_date, p.account, p.owner
