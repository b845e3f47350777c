-- purpose: what members use of their limits, for the report limits
-- grain: one row a member and measure with a limit in force
-- order: member, measure
-- reads: clearing_member, limit_utilisation, result_source
-- parameters: $1 run, $2 pinned load
select
    u.member as member,
    m.member_group::text as member_group,
    u.measure as measure,
    u.currency as currency,
    u.figure as figure,
    u.limit_amount as limit_amount,
    u.utilisation as utilisation,
    u.state as state
from margin.limit_utilisation_of($1) as u
join margin.clearing_member_as_of($2) as m on m.member = u.member
order by u.member, u.measure
