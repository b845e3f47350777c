-- purpose: intra spread rows of one set
-- grain: one row a spread
-- order: combined_commodity, spread
-- reads: intra_spread
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.spread, p.leg_kind, p.priority, p.charge_kind, p.charge_rate
from margin.intra_spread_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity, p.spread
