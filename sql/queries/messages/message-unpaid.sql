-- purpose: what each account of a member has not paid of variation margin by currency, for messages
-- grain: one row an account and currency in which something is unpaid
-- order: account, currency
-- reads: account, currency, result_source, unpaid_variation_margin
-- parameters: $1 run, $2 pinned load, $3 member
select u.account, u.currency, c.minor_unit_decimals, u.call_currency, d.minor_unit_decimals as call_decimals,
    u.unpaid, u.converted_amount
from margin.unpaid_variation_margin_of($1) as u
join margin.account_as_of($2) as a on a.account = u.account and a.member = $3
join margin.currency_as_of($2) as c on c.currency = u.currency
join margin.currency_as_of($2) as d on d.currency = u.call_currency
where u.unpaid > 0
order by u.account, u.currency
