-- purpose: liquidity groups of one parameter set
-- grain: one row a combined commodity of a group
-- order: account class, liquidity group, combined commodity
-- reads: liquidity_group, liquidity_group_member
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select g.account_class, g.liquidity_group, g.horizon_days, m.combined_commodity, m.participation, m.extra_days
from margin.liquidity_group_as_of($2, $3) as g
join margin.liquidity_group_member_as_of($2, $3) as m using (parameter_set, account_class, liquidity_group)
where g.parameter_set = $1
order by g.account_class, g.liquidity_group, m.combined_commodity
