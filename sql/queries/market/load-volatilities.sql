-- purpose: assigned volatilities
-- grain: one row a series or underlying
-- order: instrument
-- reads: intraday_volatility, volatility
-- parameters: $1 pinned load, $2 business date, $3 cycle
select v.instrument, v.volatility
from margin.volatility_as_of($1, $2, $3) as v
where v.business_date = $2
order by v.instrument
