-- purpose: what the positions of one account add to the expected shortfalls of its groups
-- grain: one row an owner, risk group and series
-- order: owner, risk group, series
-- reads: component_shortfall
-- parameters: $1 run, $2 account
select c.owner, c.risk_group, c.series, c.quantity, c.component_shortfall, c.currency
from margin.component_shortfall_of($1) as c
where c.account = $2
order by c.owner, c.risk_group, c.series
