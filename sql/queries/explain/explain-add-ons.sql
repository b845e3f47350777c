-- purpose: one account's add-ons
-- grain: one row an add-on
-- order: owner, level, add-on, item
-- reads: add_on
-- parameters: $1 run, $2 account
select a.add_on, a.level, a.owner, a.item, a.base, a.currency, a.driver, a.amount, a.call_currency, a.converted_amount
from margin.add_on_of($1) as a
where a.account = $2
order by a.owner, a.level, a.add_on, a.item
