-- purpose: what each account of a member has posted, cash and everything else apart, for messages; the market value of
--     an item is rounded to the minor unit of the call currency
-- grain: one row an account and whether it is cash
-- order: account, cash first
-- reads: account, collateral_asset, collateral_value, currency, result_source
-- parameters: $1 run, $2 pinned load, $3 member
select v.account, s.asset_class = 'cash' as is_cash, a.call_currency, c.minor_unit_decimals,
    sum(v.accepted_value) as accepted_value,
    sum(round(v.quantity * v.price * v.fx_rate, c.minor_unit_decimals)) as market_value
from margin.collateral_value_of($1) as v
join margin.account_as_of($2) as a on a.account = v.account and a.member = $3
join margin.currency_as_of($2) as c on c.currency = a.call_currency
join margin.collateral_asset_as_of($2) as s on s.asset = v.asset
group by v.account, s.asset_class = 'cash', a.call_currency, c.minor_unit_decimals
order by v.account, is_cash desc
