-- purpose: concentration tiers of members of one parameter set
-- grain: one row a tier
-- order: combined commodity, limit
-- reads: member_concentration_tier
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select c.combined_commodity, c.tiers_of, c.above, c.rate
from margin.member_concentration_tier_as_of($2, $3) as c
where c.parameter_set = $1
order by c.combined_commodity, c.above
