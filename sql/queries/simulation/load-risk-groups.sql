-- purpose: risk groups of one parameter set
-- grain: one row a risk group
-- order: risk group
-- reads: risk_group
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select g.risk_group, g.simulation, g.measure
from margin.risk_group_as_of($2, $3) as g
where g.parameter_set = $1
order by g.risk_group
