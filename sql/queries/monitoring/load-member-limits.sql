-- purpose: limits of members in force on a date
-- grain: one row a member and measure
-- order: member, measure
-- reads: member_limit
-- parameters: $1 pinned load, $2 business date
select distinct on (l.member, l.measure) l.member, l.measure, l.limit_amount, l.currency
from margin.member_limit_as_of($1) as l
where l.effective_from <= $2
order by l.member, l.measure, l.effective_from desc
