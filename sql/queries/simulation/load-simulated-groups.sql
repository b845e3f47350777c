-- purpose: the simulated groups of a run, with what stands alone of each combined commodity held, and their breaks
-- grain: one row an account, owner, group and combined commodity; a group that scanning counts for has one row with none
-- order: account, owner, group, combined commodity
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array,
--     risk_group_share, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price, value_at_risk,
--     variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 run
select v.account, v.owner, v.risk_group, v.measure, v.currency, v.core, v.value_at_risk, v.break_excess, v.break_add_on,
    coalesce(s.combined_commodity, '') as combined_commodity, s.standalone_core
from margin.value_at_risk_of($1) as v
join account_in_scope as x on x.account = v.account
left join margin.risk_group_share_of($1) as s on s.account = v.account and s.owner = v.owner
    and s.risk_group = v.risk_group
order by v.account, v.owner, v.risk_group, s.combined_commodity
