-- purpose: collateral posted, with what values it
-- grain: one row an account and item
-- order: account, item
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity,
--     computed_part, contract, margin_call, member_concentration_tier, position, realised_average, result_source,
--     risk_array, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed,
--     volatility
-- needs: account_in_scope
-- parameters: $1 pinned load, $2 business date, $3 date on which it counts
select h.account, h.item, h.asset, a.currency, h.quantity, p.price, a.issuer, a.issuer_group,
    a.asset_class, coalesce(a.matures_on <= $3, false) as has_matured
from margin.collateral_holding_as_of($1) as h
join margin.collateral_asset_as_of($1) as a on a.asset = h.asset
left join margin.collateral_price_as_of($1) as p on p.business_date = $2 and p.asset = h.asset
join account_in_scope as s on s.account = h.account
where h.business_date = $2
order by h.account, h.item
