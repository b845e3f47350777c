-- purpose: a stage computes every account
-- grain: one row an account
-- reads: account
-- parameters: $1 pinned load
create temporary table account_in_scope on commit drop as
select a.account
from margin.account_as_of($1) as a
