-- purpose: spot and index levels
-- grain: one row an underlying
-- order: underlying
-- reads: intraday_underlying_price, underlying_price
-- parameters: $1 pinned load, $2 business date, $3 cycle
select u.underlying, u.price
from margin.underlying_price_as_of($1, $2, $3) as u
where u.business_date = $2
order by u.underlying
