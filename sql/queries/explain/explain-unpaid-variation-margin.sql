-- purpose: what each currency adds to one account's unpaid variation margin
-- grain: one row a currency with a line or a debt
-- order: currency
-- reads: unpaid_variation_margin
-- parameters: $1 run, $2 account
select u.currency, u.variation_margin, u.still_owed, u.unpaid, u.fx_rate, u.call_currency, u.converted_amount
from margin.unpaid_variation_margin_of($1) as u
where u.account = $2
order by u.currency
