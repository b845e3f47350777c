-- purpose: beneficial owners
-- grain: one row an owner
-- order: account, owner
-- reads: beneficial_owner
-- parameters: $1 pinned load
select o.account, o.owner
from margin.beneficial_owner_as_of($1) as o
order by o.account, o.owner
