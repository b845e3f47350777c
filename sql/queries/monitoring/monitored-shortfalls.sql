-- purpose: members' worst shortfalls under stress, and the fund held against them
-- grain: one row a member; none where the run was not stressed
-- order: member
-- reads: cover_two, member_stress, result_source
-- parameters: $1 run
select m.member, (select coalesce(max(s.shortfall), 0) from unnest(m.shortfall) as s (shortfall)) as shortfall,
    m.minor_unit_decimals, c.fund
from margin.member_stress_of($1) as m
join margin.cover_two_of($1) as c on c.scenario_number = 0
order by m.member
