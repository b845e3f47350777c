-- purpose: what members have paid into the guaranty fund, in force on a date
-- grain: one row a member
-- order: member
-- reads: guaranty_fund_contribution
-- parameters: $1 pinned load, $2 business date
select distinct on (r.member) r.member, r.amount, r.currency
from margin.guaranty_fund_contribution_as_of($1) as r
where r.effective_from <= $2
order by r.member, r.effective_from desc
