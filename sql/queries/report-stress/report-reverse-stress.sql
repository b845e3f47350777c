-- purpose: how far each scenario is from the edge, for the report reverse-stress
-- grain: one row a scenario
-- order: scenario number
-- reads: result_source, reverse_stress
-- parameters: $1 run
select
    r.scenario_number::bigint as scenario_number,
    r.scenario as scenario,
    r.status as status,
    r.is_smallest as is_smallest,
    r.currency as currency,
    r.multiplier as multiplier,
    r.cover_two as cover_two,
    array_to_string(r.member_groups, ' ') as member_groups,
    r.reason as reason
from margin.reverse_stress_of($1) as r
order by r.scenario_number
