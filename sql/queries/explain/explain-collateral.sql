-- purpose: one account's collateral
-- grain: one row an item
-- order: item
-- reads: collateral_value
-- parameters: $1 run, $2 account
select v.item, v.asset, v.quantity, v.price, v.haircut, v.fx_rate, v.fx_haircut, v.value_before_limits, v.accepted_value,
    v.excluded
from margin.collateral_value_of($1) as v
where v.account = $2
order by v.item
