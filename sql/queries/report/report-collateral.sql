-- purpose: each collateral item with its value and what was excluded, for the report collateral
-- grain: one row an account and item
-- order: member, account, item
-- reads: account, collateral_asset, collateral_value, computed_part, currency, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
asset_in_force as (
    select v.asset, v.currency, v.issuer, v.asset_class
    from margin.collateral_asset_as_of($2) as v
)
select
    a.member::text as member,
    v.account::text as account,
    v.item::text as item,
    v.asset::text as asset,
    s.issuer::text as issuer,
    s.asset_class::text as asset_class,
    s.currency::text as currency,
    trim_scale(v.quantity) as quantity,
    trim_scale(v.price) as price,
    trim_scale(v.haircut) as haircut,
    trim_scale(v.fx_rate) as fx_rate,
    trim_scale(v.fx_haircut) as fx_haircut,
    a.call_currency::text as call_currency,
    round(v.value_before_limits, d.minor_unit_decimals) as value_before_limits,
    round(v.accepted_value, d.minor_unit_decimals) as accepted_value,
    v.excluded as excluded
from reported_account as a
join margin.collateral_value as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
    and v.run_id = any (margin.source_runs($1, 'calls'))
left join currency_in_force as d on d.currency = a.call_currency
left join asset_in_force as s on s.asset = v.asset
order by a.member, v.account, v.item
