-- purpose: requirement and add-ons without those of stress of each account in its call currency
-- grain: one row an account
-- order: account
-- reads: account, add_on, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, requirement, result_source,
--     risk_array, run, run_input, series, settlement_price, stress_add_on, trade, underlying_price,
--     variation_margin_owed, volatility
-- parameters: $1 run
select r.account, sum(r.converted_amount) as requirement, coalesce(min(a.add_ons), 0) as add_ons
from margin.requirement_of($1) as r
left join (
    select l.account, sum(l.converted_amount) as add_ons
    from margin.add_on_of($1) as l
    group by l.account
) as a on a.account = r.account
group by r.account
order by r.account
