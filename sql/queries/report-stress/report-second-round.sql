-- purpose: a default followed through the others, for the report second-round
-- grain: one row a round
-- order: round
-- reads: result_source, second_round
-- parameters: $1 run
select
    r.round::bigint as round,
    r.scenario_number::bigint as scenario_number,
    r.scenario as scenario,
    array_to_string(r.member_groups, ' ') as member_groups,
    r.currency as currency,
    r.shortfall as shortfall,
    r.fund_left as fund_left,
    r.cap_reached as cap_reached,
    r.reason as reason
from margin.second_round_of($1) as r
order by r.round
