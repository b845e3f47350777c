-- purpose: what a member is short of in each stress scenario
-- grain: at most one row
-- reads: member_stress, result_source
-- parameters: $1 run, $2 member
select m.shortfall
from margin.member_stress_of($1) as m
where m.member = $2
