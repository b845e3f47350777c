-- purpose: the cash that members can raise at once, in force on a date
-- grain: one row a member
-- order: member
-- reads: liquidity_resource
-- parameters: $1 pinned load, $2 business date
select distinct on (r.member) r.member, r.amount, r.currency
from margin.liquidity_resource_as_of($1) as r
where r.effective_from <= $2
order by r.member, r.effective_from desc
