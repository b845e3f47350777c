-- purpose: each account's call or return, for the pages of members
-- grain: one row an account
-- order: member, account
-- reads: account, computed_part, margin_call, result_source
-- parameters: $1 run, $2 pinned load
select m.member, m.account, a.origin, m.call_currency, m.requirement, m.add_ons, m.unpaid_variation_margin, m.collateral_value,
    m.intraday_collected, m.deficit, m.threshold, m.call_amount, m.return_amount, m.reason_code, m.due_date
from margin.margin_call_of($1) as m
join margin.account_as_of($2) as a on a.account = m.account
order by m.member, m.account
