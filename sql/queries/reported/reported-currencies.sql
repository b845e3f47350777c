-- purpose: the minor units of the currencies, to which reports round
-- grain: one row a currency
-- order: currency
-- reads: currency
-- parameters: $1 pinned load
select v.currency::text as currency, v.minor_unit_decimals::bigint as minor_unit_decimals
from margin.currency_as_of($1) as v
order by v.currency
