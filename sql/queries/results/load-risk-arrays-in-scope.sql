-- purpose: the published arrays of a run, of those in scope
-- grain: one row a series
-- order: series
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: series_in_scope
-- parameters: $1 run
select r.series, r.array_decimals, r.risk_array, r.composite_delta, r.price_scan_range, r.volatility, r.volatility_rule
from margin.risk_array_of($1) as r
join series_in_scope as x on x.series = r.series
order by r.series
