-- purpose: what is closed out on its own and is short of something, and every house, for the report stress-units
-- grain: one row a member and unit
-- order: member, the house first, unit
-- reads: clearing_member, result_source, stress_unit
-- parameters: $1 run, $2 pinned load
with member_in_force as (
    select v.member, v.member_group
    from margin.clearing_member_as_of($2) as v
)
select
    u.member as member,
    m.member_group::text as member_group,
    u.unit as unit,
    u.currency as currency,
    u.cover as cover,
    u.no_offset_exposure as no_offset_exposure,
    u.no_offset_shortfall as no_offset_shortfall,
    u.minor_unit_decimals::bigint as minor_unit_decimals,
    u.shortfall as shortfall
from margin.stress_unit_of($1) as u
left join member_in_force as m on m.member = u.member
order by u.member, u.unit <> 'house', u.unit
