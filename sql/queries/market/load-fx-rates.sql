-- purpose: exchange rates
-- grain: one row an ordered pair
-- order: from, to
-- reads: fx_rate
-- parameters: $1 pinned load, $2 business date
select f.from_currency, f.to_currency, f.rate
from margin.fx_rate_as_of($1) as f
where f.business_date = $2
order by f.from_currency, f.to_currency
