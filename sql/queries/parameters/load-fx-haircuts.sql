-- purpose: fx haircut rows of one set
-- grain: one row an ordered pair
-- order: from_currency, to_currency
-- reads: fx_haircut
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.from_currency, p.to_currency, p.haircut
from margin.fx_haircut_as_of($2, $3) as p
where p.parameter_set = $1
order by p.from_currency, p.to_currency
