-- purpose: liquidity groups of one parameter set
-- grain: one row a group
-- order: account class, liquidity group
-- reads: liquidity_group
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select g.account_class, g.liquidity_group, g.horizon_days
from margin.liquidity_group_as_of($2, $3) as g
where g.parameter_set = $1
order by g.account_class, g.liquidity_group
