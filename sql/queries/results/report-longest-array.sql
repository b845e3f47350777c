-- purpose: how many value columns the report risk-arrays needs
-- grain: one row
-- reads: result_source, risk_array
-- parameters: $1 = run_id (bigint)
select coalesce(max(cardinality(r.risk_array)), 0)::bigint as scenario_count
from margin.risk_array_of($1) as r
