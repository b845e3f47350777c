-- purpose: each account's call with its member, for messages
-- grain: one row an account
-- order: member, account
-- reads: account, currency, margin_call, result_source
-- parameters: $1 run, $2 pinned load
select m.member, m.account, a.origin, m.call_currency, c.minor_unit_decimals, m.requirement, m.deficit
from margin.margin_call_of($1) as m
join margin.account_as_of($2) as a on a.account = m.account
join margin.currency_as_of($2) as c on c.currency = m.call_currency
order by m.member, m.account
