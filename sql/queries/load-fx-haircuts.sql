-- purpose: fx haircut rows of one set
-- grain: one row an ordered pair
-- order: from_currency, to_currency
-- parameters: $1 parameter set
select p.from_currency, p.to_currency, p.haircut
from margin.fx_haircut as p
where p.parameter_set = $1
order by p.from_currency, p.to_currency
