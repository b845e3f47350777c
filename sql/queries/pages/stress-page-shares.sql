-- purpose: what each group that is named for a scenario is short of there, for the page of stress
-- grain: one row a scenario and group that is named
-- order: scenario number, the largest shortfall first
-- reads: cover_two, group_stress, result_source
-- parameters: $1 run
select c.scenario_number::bigint as scenario_number, n.member_group as member_group,
    case
        when c.scenario_number = 0 then g.no_offset_shortfall
        else g.shortfall[c.scenario_number] * power(10::numeric, -g.minor_unit_decimals)
    end as shortfall
from margin.cover_two_of($1) as c
cross join unnest(c.member_groups) with ordinality as n (member_group, place)
join margin.group_stress_of($1) as g on g.member_group = n.member_group
order by c.scenario_number, n.place
