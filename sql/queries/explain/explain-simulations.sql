-- purpose: the simulated risk of one account's groups
-- grain: one row an owner and risk group
-- order: owner, risk group
-- reads: risk_group, run, simulation, value_at_risk
-- parameters: $1 run, $2 account
select v.owner, v.risk_group, v.measure, v.currency, v.scenarios, v.value_at_risk, v.expected_shortfall,
    v.stressed_scenarios, v.stressed_expected_shortfall, v.core, v.scan_risk, v.risk, v.initial_risk, v.break_excess,
    v.break_add_on, s.simulation, s.confidence, s.convention, s.mpor_days, s.stressed_weight
from margin.value_at_risk_of($1) as v
join margin.run as r on r.run_id = $1
join lateral margin.risk_group_as_of(r.pinned_load_id, r.business_date) as g
    on g.parameter_set = r.parameter_set and g.risk_group = v.risk_group
join lateral margin.simulation_as_of(r.pinned_load_id, r.business_date) as s
    on s.parameter_set = g.parameter_set and s.simulation = g.simulation
where v.account = $2
order by v.owner, v.risk_group
