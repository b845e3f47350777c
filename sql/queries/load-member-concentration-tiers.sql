-- purpose: concentration tiers of members of one parameter set
-- grain: one row a tier
-- order: combined commodity, limit
-- parameters: $1 parameter set
select c.combined_commodity, c.tiers_of, c.above, c.rate
from margin.member_concentration_tier as c
where c.parameter_set = $1
order by c.combined_commodity, c.above
