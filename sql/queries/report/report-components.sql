-- purpose: the components of each combined commodity's risk, for the report components
-- grain: one row an account, owner and combined commodity
-- order: member, account, owner, combined commodity
-- reads: account, combined_commodity, combined_commodity_risk, computed_part, currency, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
)
select
    a.member::text as member,
    k.account::text as account,
    k.owner::text as owner,
    k.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    k.currency::text as currency,
    round(k.scan, d.minor_unit_decimals) as scan,
    k.active_scenario::bigint as active_scenario,
    trim_scale(k.time_risk) as time_risk,
    trim_scale(k.volatility_risk) as volatility_risk,
    trim_scale(k.price_risk) as price_risk,
    k.net_delta as net_delta,
    round(k.weighted_price_risk, 2) as weighted_price_risk,
    round(k.intra_charge, d.minor_unit_decimals) as intra_charge,
    round(k.delivery_charge, d.minor_unit_decimals) as delivery_charge,
    round(k.inter_credit, d.minor_unit_decimals) as inter_credit,
    round(k.applied_credit, d.minor_unit_decimals) as applied_credit,
    k.scan_spread::text as scan_spread,
    round(k.short_option_minimum, d.minor_unit_decimals) as short_option_minimum,
    round(k.risk, d.minor_unit_decimals) as risk,
    round(k.initial_risk, d.minor_unit_decimals) as initial_risk,
    round(k.standalone_initial_risk, d.minor_unit_decimals) as standalone_initial_risk,
    round(k.net_option_value, d.minor_unit_decimals) as net_option_value
from reported_account as a
join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
    and k.run_id = any (margin.source_runs($1, 'offsets'))
left join currency_in_force as d on d.currency = k.currency
left join commodity_in_force as cc on cc.combined_commodity = k.combined_commodity
order by a.member, k.account, k.owner, k.combined_commodity
