-- purpose: how the returns of a parameter set's risk factors are taken, as it was loaded
-- grain: one row a risk factor
-- order: risk factor
-- reads: risk_factor
-- parameters: $1 pinned load, $2 parameter set
select f.risk_factor, f.return_kind
from margin.risk_factor as f
where f.parameter_set = $2 and f.revision = 1 and f.load_id <= $1
order by f.risk_factor
