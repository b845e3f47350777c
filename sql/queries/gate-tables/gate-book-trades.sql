-- purpose: what the trades of the date add to the book of the date before
-- grain: one row a trade
-- order: none: the reader adds up
-- reads: trade
-- parameters: $1 pinned load, $2 business date
select t.account, t.owner, t.series, t.quantity
from margin.trade_as_of($1) as t
where t.business_date = $2
