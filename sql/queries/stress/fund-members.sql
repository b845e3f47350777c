-- purpose: the members of a stressed run with what they are required, add-ons but the stress add-on among it
-- grain: one row a member
-- order: member
-- reads: member_stress, result_source, stress_exposure
-- parameters: $1 run
select m.member, m.currency, m.minor_unit_decimals, coalesce(sum(e.cover), 0) as requirement
from margin.member_stress_of($1) as m
left join margin.stress_exposure_of($1) as e on e.member = m.member
group by m.member, m.currency, m.minor_unit_decimals
order by m.member
