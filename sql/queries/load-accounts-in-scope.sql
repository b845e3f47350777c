-- purpose: the accounts a stage computes
-- grain: one row an account
-- order: account
-- parameters: $1 pinned load
select a.account, a.member, a.origin, a.margining_type, a.account_class, a.call_currency
from margin.account_as_of($1) as a
join account_in_scope as s on s.account = a.account
order by a.account
