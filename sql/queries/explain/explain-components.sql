-- purpose: one account's combined commodities
-- grain: one row an owner and combined commodity
-- order: currency, owner, combined commodity
-- reads: combined_commodity_margin, combined_commodity_risk, risk_group_share, run
-- parameters: $1 run, $2 account
select c.owner, c.combined_commodity, c.currency, c.scan, c.active_scenario, c.time_risk, c.volatility_risk, c.price_risk,
    c.net_delta, c.weighted_price_risk, c.intra_charge, c.delivery_charge, c.inter_credit, c.applied_credit,
    c.short_option_minimum, c.net_option_value, c.risk, c.initial_risk, c.scan_spread, c.array_decimals,
    coalesce(s.risk_group, '') as risk_group, m.short_option_minimum_method, m.short_option_minimum_rate
from margin.run as r
join margin.combined_commodity_risk_of($1) as c on c.account = $2
join lateral margin.combined_commodity_margin_as_of(r.pinned_load_id, r.business_date) as m
    on m.parameter_set = r.parameter_set and m.combined_commodity = c.combined_commodity
left join margin.risk_group_share_of($1) as s on s.account = c.account and s.owner = c.owner
    and s.combined_commodity = c.combined_commodity
where r.run_id = $1
order by c.currency, c.owner, c.combined_commodity
