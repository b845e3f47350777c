-- purpose: concentration tiers of one parameter set
-- grain: one row a tier
-- order: account class, combined commodity, limit
-- parameters: $1 parameter set
select c.account_class, c.combined_commodity, c.tiers_of, c.above, c.rate
from margin.concentration_tier as c
where c.parameter_set = $1
order by c.account_class, c.combined_commodity, c.above
