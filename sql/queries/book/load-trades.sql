-- purpose: the trades of one date
-- grain: one row a trade
-- order: account, trade
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 pinned load, $2 business date
select t.trade, t.account, t.owner, t.series, t.quantity, t.price
from margin.trade_as_of($1) as t
join account_in_scope as s on s.account = t.account
where t.business_date = $2
order by t.account, t.trade
