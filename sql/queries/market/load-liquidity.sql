-- purpose: volumes, open interest, volatilities and half-spreads of a date
-- grain: one row a combined commodity
-- order: combined commodity
-- reads: liquidity
-- parameters: $1 pinned load, $2 business date
select l.combined_commodity, l.average_daily_volume, l.open_interest, l.daily_volatility, l.half_spread
from margin.liquidity_as_of($1) as l
where l.business_date = $2
order by l.combined_commodity
