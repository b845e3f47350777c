-- purpose: the last run opened in a case's database, void or not
-- grain: at most one row
-- order: newest first
-- reads: run
-- parameters: none
select r.run_id
from margin.run as r
order by r.run_id desc
limit 1
