-- purpose: what members used of their limits on a night, and what of it was told
-- grain: one row a member and measure
-- order: member, measure
-- reads: limit_utilisation, result_source
-- parameters: $1 run
select u.member, u.measure, u.state, u.told_utilisation
from margin.limit_utilisation_of($1) as u
where u.told_utilisation is not null
order by u.member, u.measure
