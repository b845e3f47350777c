-- purpose: the requirements of the owners of segregated accounts, each currency's as it is
-- grain: one row an account, owner and currency
-- order: account, owner, currency
-- reads: computed_part, currency_requirement, result_source
-- parameters: $1 run
select c.account, c.owner, c.currency, c.requirement
from margin.currency_requirement_of($1) as c
where c.owner <> ''
order by c.account, c.owner, c.currency
