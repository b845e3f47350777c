-- purpose: the guaranty fund in force on a date
-- grain: at most one row
-- order: effective from, the latest first
-- reads: guaranty_fund
-- parameters: $1 pinned load, $2 business date
select f.amount, f.currency
from margin.guaranty_fund_as_of($1) as f
where f.effective_from <= $2
order by f.effective_from desc
limit 1
