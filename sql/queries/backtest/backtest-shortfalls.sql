-- purpose: the value at risk and expected shortfall of a night
-- grain: one row an account, owner and risk group
-- order: account, owner, risk group
-- reads: computed_part, result_source, value_at_risk
-- parameters: $1 run
select v.account, v.owner, v.risk_group, v.currency, v.value_at_risk, v.expected_shortfall
from margin.value_at_risk_of($1) as v
order by v.account, v.owner, v.risk_group
