-- purpose: settlement prices of the business date and the one before, of those in scope
-- grain: one row a series and date
-- order: none: the reader keys them
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, intraday_settlement_price, margin_call, member_concentration_tier, position, realised_average,
--     result_source, risk_array, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price,
--     variation_margin_owed, volatility
-- needs: series_in_scope
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
select p.business_date = $2 as is_current, p.series, p.price
from margin.settlement_price_as_of($1, $2, $4) as p
join series_in_scope as x on x.series = p.series
where (p.business_date = $2 or p.business_date = $3) and p.price_kind = 'settlement'
