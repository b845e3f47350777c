-- purpose: the published arrays of a run
-- grain: one row a series
-- order: series
-- parameters: $1 run
select r.series, r.array_decimals, r.risk_array, r.composite_delta, r.price_scan_range, r.volatility, r.volatility_rule
from margin.risk_array as r
where r.run_id = $1
order by r.series
