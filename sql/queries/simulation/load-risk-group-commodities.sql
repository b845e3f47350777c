-- purpose: the combined commodities of one parameter set's risk groups
-- grain: one row a combined commodity
-- order: risk group, combined commodity
-- reads: risk_group_commodity
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select c.risk_group, c.combined_commodity
from margin.risk_group_commodity_as_of($2, $3) as c
where c.parameter_set = $1
order by c.risk_group, c.combined_commodity
