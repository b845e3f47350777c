-- purpose: variation margin still owed from days before
-- grain: one row an account and currency
-- order: account, currency
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 pinned load, $2 business date
select o.account, o.currency, o.amount
from margin.variation_margin_owed_as_of($1) as o
join account_in_scope as s on s.account = o.account
where o.business_date = $2
order by o.account, o.currency
