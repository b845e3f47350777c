-- purpose: the accounts of members who want the report released-margin; the program computes the rest where it writes it
-- grain: one row an account
-- order: member, account
-- reads: account, clearing_member
-- parameters: $2 pinned load
select
    a.member as member,
    a.account as account,
    a.call_currency as call_currency
from margin.account_as_of($2) as a
join margin.clearing_member_as_of($2) as m on m.member = a.member and m.wants_released_margin
order by a.member collate "C", a.account collate "C"
