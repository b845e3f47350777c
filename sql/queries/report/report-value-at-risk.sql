-- purpose: risk groups by simulation and by scanning, for the report value-at-risk
-- grain: one row an account, owner and risk group
-- order: member, account, owner, risk group
-- reads: account, combined_commodity, computed_part, currency, result_source, risk_group, risk_group_commodity,
--     simulation, value_at_risk
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
risk_group_in_force as (
    select g.risk_group, s.simulation, s.confidence, s.convention, s.mpor_days, bool_or(k.is_synthetic) as is_synthetic
    from margin.risk_group_as_of($2, $3) as g
    join margin.simulation_as_of($2, $3) as s
        on s.parameter_set = g.parameter_set and s.simulation = g.simulation
    join margin.risk_group_commodity_as_of($2, $3) as c
        on c.parameter_set = g.parameter_set and c.risk_group = g.risk_group
    join commodity_in_force as k on k.combined_commodity = c.combined_commodity
    where g.parameter_set = $6
    group by g.risk_group, s.simulation, s.confidence, s.convention, s.mpor_days
)
select
    a.member::text as member,
    v.account::text as account,
    v.owner::text as owner,
    v.risk_group::text as risk_group,
    g.simulation::text as simulation,
    v.measure as measure,
    g.is_synthetic as is_synthetic,
    v.currency::text as currency,
    trim_scale(g.confidence) as confidence,
    g.convention as convention,
    g.mpor_days::bigint as mpor_days,
    v.scenarios::bigint as scenarios,
    round(v.value_at_risk, d.minor_unit_decimals) as value_at_risk,
    round(v.expected_shortfall, d.minor_unit_decimals) as expected_shortfall,
    v.stressed_scenarios::bigint as stressed_scenarios,
    round(v.stressed_expected_shortfall, d.minor_unit_decimals) as stressed_expected_shortfall,
    round(v.core, d.minor_unit_decimals) as core,
    round(v.scan_risk, d.minor_unit_decimals) as scan_risk,
    round(v.risk, d.minor_unit_decimals) as risk,
    round(v.challenger, d.minor_unit_decimals) as challenger,
    round(v.initial_risk, d.minor_unit_decimals) as initial_risk,
    round(v.break_excess, 6) as break_excess,
    round(v.break_add_on, d.minor_unit_decimals) as break_add_on
from reported_account as a
join margin.value_at_risk as v on v.account = a.account and int8eq(v.run_id, a.offsets_run_id)
    and v.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
left join risk_group_in_force as g on g.risk_group = v.risk_group
left join currency_in_force as d on d.currency = v.currency
order by a.member, v.account, v.owner, v.risk_group
