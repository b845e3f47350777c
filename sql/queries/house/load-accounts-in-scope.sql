-- purpose: the accounts a stage computes
-- grain: one row an account
-- order: account
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 pinned load
select a.account, a.member, a.origin, a.margining_type, a.account_class, a.call_currency
from margin.account_as_of($1) as a
join account_in_scope as s on s.account = a.account
order by a.account
