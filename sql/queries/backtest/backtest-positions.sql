-- purpose: the positions in the book on the evening of a night
-- grain: one row an account, owner and series
-- order: account, owner, series
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle
select p.account, p.owner, p.series, p.long_quantity, p.short_quantity
from margin.book_position_as_of($1, $2, $3) as p
order by p.account, p.owner, p.series
