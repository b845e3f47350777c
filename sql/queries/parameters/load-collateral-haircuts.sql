-- purpose: collateral haircuts of one parameter set
-- grain: one row an asset
-- order: asset
-- reads: collateral_haircut
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select h.asset, h.haircut, h.is_eligible
from margin.collateral_haircut_as_of($2, $3) as h
where h.parameter_set = $1
order by h.asset
