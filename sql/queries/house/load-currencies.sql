-- purpose: currencies
-- grain: one row a currency
-- order: currency
-- reads: currency
-- parameters: $1 pinned load
select c.currency, c.minor_unit_decimals
from margin.currency_as_of($1) as c
order by c.currency
