-- purpose: one account's requirement by owner and currency
-- grain: one row an owner and currency
-- order: currency, owner
-- reads: currency_requirement
-- parameters: $1 run, $2 account
select c.owner, c.currency, c.initial_risk, c.offset_add_back, c.net_option_value, c.requirement
from margin.currency_requirement_of($1) as c
where c.account = $2
order by c.currency, c.owner
