-- purpose: the accounts that the corrections among a run's inputs touch, for the reports of corrections
-- grain: one row a correction, row and account
-- parameters: $1 run
create temporary table account_touched on commit drop as
select t.load_id, t.row_key, t.account, t.member
from margin.account_touched_in_run($1) as t
