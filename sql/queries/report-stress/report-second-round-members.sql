-- purpose: what the survivors would have to find, for the report second-round-members
-- grain: one row a round and member
-- order: round, member
-- reads: clearing_member, result_source, second_round_member
-- parameters: $1 run, $2 pinned load
with member_in_force as (
    select v.member, v.member_group
    from margin.clearing_member_as_of($2) as v
)
select
    s.round::bigint as round,
    s.member as member,
    m.member_group::text as member_group,
    s.currency as currency,
    s.need as need,
    s.uncovered as uncovered,
    s.resource as resource,
    s.defaults as defaults
from margin.second_round_member_of($1) as s
left join member_in_force as m on m.member = s.member
order by s.round, s.member
