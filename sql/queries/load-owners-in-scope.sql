-- purpose: the beneficial owners of the accounts a stage computes
-- grain: one row an owner
-- order: account, owner
-- parameters: $1 pinned load
select o.account, o.owner
from margin.beneficial_owner_as_of($1) as o
join account_in_scope as s on s.account = o.account
order by o.account, o.owner
