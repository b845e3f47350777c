-- purpose: risk groups of one parameter set
-- grain: one row a risk group
-- order: risk group
-- parameters: $1 parameter set
select g.risk_group, g.simulation, g.measure
from margin.risk_group as g
where g.parameter_set = $1
order by g.risk_group
