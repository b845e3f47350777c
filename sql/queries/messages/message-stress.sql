-- purpose: what closing each account and owner out would cost in each stress scenario, and the place of its member's
--     group among those that the fund is held against there, for messages
-- grain: one row a scenario, account and owner
-- order: scenario number, account, owner
-- reads: clearing_member, cover_two, result_source, stress_exposure
-- parameters: $1 run, $2 pinned load
select c.scenario_number, c.scenario, e.account, e.owner, e.currency, e.minor_unit_decimals, e.cover,
    e.exposure[c.scenario_number] * power(10::numeric, -e.minor_unit_decimals) as exposure,
    coalesce(array_position(c.member_groups, m.member_group::text), 0)::integer as group_rank
from margin.cover_two_of($1) as c
cross join margin.stress_exposure_of($1) as e
left join margin.clearing_member_as_of($2) as m on m.member = e.member
where c.scenario_number > 0
order by c.scenario_number, e.account, e.owner
