-- purpose: what the guaranty fund would have to bear, for the report cover-two
-- grain: one row a scenario; 0 is the bound without offsets
-- order: scenario number
-- reads: cover_two, result_source, stress_scenario
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with scenario_in_force as (
    select v.number, v.kind
    from margin.stress_scenario_as_of($2, $3) as v
    where v.parameter_set = $6
)
select
    c.scenario_number::bigint as scenario_number,
    c.scenario as scenario,
    coalesce(s.kind, 'bound') as kind,
    c.is_maximum as is_maximum,
    array_to_string(c.member_groups, ' ') as member_groups,
    c.currency as currency,
    c.total_exposure as total_exposure,
    c.total_cover as total_cover,
    c.cover_one as cover_one,
    c.cover_two as cover_two,
    c.mutualised as mutualised,
    c.fund as fund,
    c.sufficiency as sufficiency,
    c.is_sufficient as is_sufficient,
    c.contributions_exceed_fund as contributions_exceed_fund
from margin.cover_two_of($1) as c
left join scenario_in_force as s on s.number = c.scenario_number
order by c.scenario_number
