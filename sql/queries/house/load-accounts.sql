-- purpose: accounts
-- grain: one row an account
-- order: account
-- reads: account
-- parameters: $1 pinned load
select a.account, a.member, a.origin, a.margining_type, a.account_class, a.call_currency
from margin.account_as_of($1) as a
order by a.account
