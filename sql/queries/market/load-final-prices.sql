-- purpose: the series that settle finally on a date, with their final settlement prices: of an option, its underlying's
-- grain: one row a series
-- order: none: the reader keys them
-- reads: contract, intraday_settlement_price, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle
select f.series, f.price
from margin.final_price_as_of($1, $2, $3) as f
