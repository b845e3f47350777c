-- purpose: intra spread leg rows of one set
-- grain: one row a leg
-- order: combined_commodity, spread, leg
-- reads: intra_spread_leg
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.spread, p.leg, p.side, p.tier, p.contract_month, p.ratio
from margin.intra_spread_leg_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity, p.spread, p.leg
