-- purpose: series, of those in scope
-- grain: one row a series, expired ones included: yesterday may have held them
-- order: series
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: series_in_scope
-- parameters: $1 pinned load
select s.series, s.contract, s.contract_month, s.expiry_date, s.option_right, s.strike, s.underlying,
    s.second_underlying, s.averaging_from
from margin.series_as_of($1) as s
join series_in_scope as x on x.series = s.series
order by s.series
