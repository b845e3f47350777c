-- purpose: the members whose reports are written
-- grain: one row a member
-- order: member
-- reads: account, computed_part, result_source
-- needs: reported_account
-- parameters: none
select distinct a.member
from reported_account as a
order by a.member
