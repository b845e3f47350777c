-- purpose: risk factors of one parameter set
-- grain: one row a risk factor
-- order: risk factor
-- reads: risk_factor
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select f.risk_factor, f.return_kind, f.volatility_floor, f.lambda, f.seed_days, f.lower_clamp, f.upper_clamp
from margin.risk_factor_as_of($2, $3) as f
where f.parameter_set = $1
order by f.risk_factor
