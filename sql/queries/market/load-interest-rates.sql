-- purpose: rates
-- grain: one row a rate code
-- order: rate code
-- reads: interest_rate
-- parameters: $1 pinned load, $2 business date
select i.rate_code, i.rate
from margin.interest_rate_as_of($1) as i
where i.business_date = $2
order by i.rate_code
