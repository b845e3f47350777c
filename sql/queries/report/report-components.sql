-- purpose: the components of each combined commodity's risk, for the report components
-- grain: one row an account, owner and combined commodity
-- order: member, account, owner, combined commodity
-- reads: account, combined_commodity_risk, computed_part, result_source
-- needs: reported_account
-- parameters: $1 run
select
    a.place as place,
    k.owner as owner,
    k.combined_commodity as combined_commodity,
    k.currency as currency,
    k.scan as scan,
    k.active_scenario::bigint as active_scenario,
    k.time_risk as time_risk,
    k.volatility_risk as volatility_risk,
    k.price_risk as price_risk,
    k.net_delta as net_delta,
    k.weighted_price_risk as weighted_price_risk,
    k.intra_charge as intra_charge,
    k.delivery_charge as delivery_charge,
    k.inter_credit as inter_credit,
    k.applied_credit as applied_credit,
    k.scan_spread as scan_spread,
    k.short_option_minimum as short_option_minimum,
    k.risk as risk,
    k.initial_risk as initial_risk,
    k.standalone_initial_risk as standalone_initial_risk,
    k.net_option_value as net_option_value
from reported_account as a
join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
    and k.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
order by a.place, k.owner, k.combined_commodity
