-- purpose: one account's requirement by currency
-- grain: one row a currency
-- order: currency
-- reads: requirement
-- parameters: $1 run, $2 account
select r.currency, r.amount, r.fx_rate, r.fx_haircut, r.call_currency, r.converted_amount
from margin.requirement_of($1) as r
where r.account = $2
order by r.currency
