-- purpose: inter spread leg rows of one set
-- grain: one row a leg
-- order: spread, leg
-- reads: inter_spread_leg
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.spread, p.leg, p.combined_commodity, p.tier, p.side, p.ratio, p.credit_rate
from margin.inter_spread_leg_as_of($2, $3) as p
where p.parameter_set = $1
order by p.spread, p.leg
