-- purpose: the positions in the book of one date and cycle
-- grain: one row an account, owner and series
-- order: none: the reader puts them in order
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, intraday_settlement_price, margin_call, member_concentration_tier, position, realised_average,
--     result_source, risk_array, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price,
--     variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 pinned load, $2 business date, $3 cycle
select p.account, p.owner, p.series, p.long_quantity, p.short_quantity
from margin.book_position_as_of($1, $2, $3) as p
join account_in_scope as s on s.account = p.account
