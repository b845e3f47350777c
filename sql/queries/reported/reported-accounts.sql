-- purpose: the accounts that reports are written for, in the order of their places
-- grain: one row an account
-- order: member, account
-- reads: account, computed_part, result_source
-- needs: reported_account
-- parameters: none
select
    a.member as member,
    a.account as account,
    a.origin as origin,
    a.margining_type as margining_type,
    a.account_class as account_class,
    a.call_currency as call_currency
from reported_account as a
order by a.place
