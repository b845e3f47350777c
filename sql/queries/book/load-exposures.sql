-- purpose: what the add-ons scale with: net delta, risk and net option value; the risk is a simulated group's where one counts
-- grain: one row an account, owner and combined commodity
-- order: account, owner, combined commodity
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity,
--     combined_commodity_risk, computed_part, contract, margin_call, member_concentration_tier, position,
--     realised_average, result_source, risk_array, risk_group_share, run, run_input, series, settlement_price, stress_add_on,
--     trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 run
select c.account, c.owner, c.combined_commodity, c.currency, c.net_delta, coalesce(s.risk, c.risk) as risk,
    c.net_option_value, coalesce(s.initial_risk, c.initial_risk) as initial_risk,
    coalesce(s.standalone_initial_risk, c.standalone_initial_risk) as standalone_initial_risk
from margin.combined_commodity_risk_of($1) as c
join account_in_scope as x on x.account = c.account
left join margin.risk_group_share_of($1) as s on s.account = c.account and s.owner = c.owner
    and s.combined_commodity = c.combined_commodity
order by c.account, c.owner, c.combined_commodity
