-- purpose: for the gates after this: what settles finally on either date, worked out once
-- grain: one row a business date and series
-- reads: contract, intraday_settlement_price, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table settled_series on commit drop as
select $2::date as business_date, f.series, f.price
from margin.final_price_as_of($1, $2, $4) as f
union all
select $3::date, f.series, f.price
from margin.final_price_as_of($1, $3, 'EOD') as f
