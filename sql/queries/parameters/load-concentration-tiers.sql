-- purpose: concentration tiers of one parameter set
-- grain: one row a tier
-- order: account class, combined commodity, limit
-- reads: concentration_tier
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select c.account_class, c.combined_commodity, c.tiers_of, c.above, c.rate
from margin.concentration_tier_as_of($2, $3) as c
where c.parameter_set = $1
order by c.account_class, c.combined_commodity, c.above
