-- purpose: settlement prices of the business date and the one before
-- grain: one row a series and date
-- order: none: the reader keys them
-- reads: intraday_settlement_price, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
select p.business_date = $2 as is_current, p.series, p.price
from margin.settlement_price_as_of($1, $2, $4) as p
where (p.business_date = $2 or p.business_date = $3) and p.price_kind = 'settlement'
