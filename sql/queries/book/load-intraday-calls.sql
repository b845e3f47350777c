-- purpose: what the published intraday runs that a run has pinned called
-- grain: one row an account and call currency
-- order: account, call currency
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 run
select c.account, c.call_currency, sum(c.call_amount) as collected
from margin.run as own
join margin.run_input as i on i.run_id = own.run_id and i.table_name = 'intraday_call'
join margin.run as r on r.business_date = own.business_date and r.cycle = 'ITD' and r.status = 'published'
    and r.run_id <= i.version
cross join lateral margin.margin_call_of(r.run_id) as c
join account_in_scope as s on s.account = c.account
where own.run_id = $1 and c.call_amount > 0
group by c.account, c.call_currency
order by c.account, c.call_currency
