-- purpose: clearing members
-- grain: one row a member
-- order: member
-- reads: clearing_member
-- parameters: $1 pinned load
select m.member, m.name, m.member_group, m.credit_multiplier
from margin.clearing_member_as_of($1) as m
order by m.member
