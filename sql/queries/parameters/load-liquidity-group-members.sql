-- purpose: combined commodities of the liquidity groups of one parameter set
-- grain: one row a combined commodity of an account class
-- order: account class, combined commodity
-- reads: liquidity_group_member
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select m.account_class, m.liquidity_group, m.combined_commodity, m.participation, m.extra_days
from margin.liquidity_group_member_as_of($2, $3) as m
where m.parameter_set = $1
order by m.account_class, m.combined_commodity
