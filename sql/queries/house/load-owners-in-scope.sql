-- purpose: the beneficial owners of the accounts a stage computes
-- grain: one row an owner
-- order: account, owner
-- reads: account, beneficial_owner, collateral_asset, collateral_holding, collateral_price, combined_commodity,
--     computed_part, contract, margin_call, member_concentration_tier, position, realised_average, result_source,
--     risk_array, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed,
--     volatility
-- needs: account_in_scope
-- parameters: $1 pinned load
select o.account, o.owner
from margin.beneficial_owner_as_of($1) as o
join account_in_scope as s on s.account = o.account
order by o.account, o.owner
