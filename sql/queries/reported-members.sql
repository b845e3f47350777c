-- purpose: the members whose reports are written
-- grain: one row a member
-- order: member
-- parameters: none
select distinct a.member
from reported_account as a
order by a.member
