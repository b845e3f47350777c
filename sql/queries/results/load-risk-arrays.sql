-- purpose: the published arrays of a run
-- grain: one row a series
-- order: series
-- reads: result_source, risk_array
-- parameters: $1 run
select r.series, r.array_decimals, r.risk_array, r.composite_delta, r.price_scan_range, r.volatility, r.volatility_rule
from margin.risk_array_of($1) as r
order by r.series
