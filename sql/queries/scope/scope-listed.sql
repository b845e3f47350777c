-- purpose: the series that the accounts in scope need: what they hold or traded, and every future, since the nearest listed
--     month caps a weighted price risk; where a combined commodity has no future, all of it
-- grain: one row a series
-- reads: account, collateral_asset, collateral_holding, collateral_price, combined_commodity, computed_part,
--     contract, margin_call, member_concentration_tier, position, realised_average, result_source, risk_array, run,
--     run_input, series, settlement_price, stress_add_on, trade, underlying_price, variation_margin_owed, volatility
-- needs: account_in_scope
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
-- Positions as they were loaded: what a final price that came or went takes out of the book or back is a change.
create temporary table series_in_scope on commit drop as
with future as (
    select s.series, c.combined_commodity
    from margin.series_as_of($1) as s
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where s.option_right is null
)
select f.series
from future as f
union
select s.series
from margin.contract_as_of($1) as c
join margin.series_as_of($1) as s on s.contract = c.contract
where c.combined_commodity not in (select f.combined_commodity from future as f)
union
select p.series
from account_in_scope as a
join margin.position_as_of($1) as p on p.account = a.account and p.business_date = $2 and p.cycle = $4
union
select p.series
from account_in_scope as a
join margin.position_as_of($1) as p on p.account = a.account and p.business_date = $3 and p.cycle = 'EOD'
union
select t.series
from margin.trade_as_of($1) as t
join account_in_scope as a on a.account = t.account
where t.business_date = $2
