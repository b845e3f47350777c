-- purpose: combined commodity margin rows of one set
-- grain: one row a combined commodity
-- order: combined_commodity
-- reads: combined_commodity_margin
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.scenario_set, p.price_scan_range_kind, p.price_scan_range,
    p.volatility_scan_range_kind, p.volatility_scan_range, p.volatility_floor, p.look_ahead_days, p.day_count,
    p.array_decimals, p.delta_decimals, p.weighted_price_risk_method, p.delta_kind, p.short_option_minimum_method,
    p.short_option_minimum_rate, p.maintenance_ratio, p.keeps_workings
from margin.combined_commodity_margin_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity
