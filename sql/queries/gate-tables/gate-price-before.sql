-- purpose: for the gates after this: the prices of the previous business date, read once
-- grain: one row a series and price kind
-- reads: intraday_settlement_price, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table price_before on commit drop as
select p.series, p.price_kind, p.price
from margin.settlement_price_as_of($1, $2, $4) as p
where p.business_date = $3
