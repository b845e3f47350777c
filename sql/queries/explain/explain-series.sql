-- purpose: one series with its published array
-- grain: one row or none
-- reads: result_source, risk_array
-- parameters: $1 run, $2 series
select r.combined_commodity, r.scenario_set, r.array_decimals, r.risk_array, r.composite_delta, r.price_scan_range, r.volatility,
    r.volatility_rule
from margin.risk_array_of($1) as r
where r.series = $2
