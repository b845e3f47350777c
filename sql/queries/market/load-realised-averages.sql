-- purpose: what the underlyings of average-price options have averaged so far
-- grain: one row a series
-- order: series
-- reads: realised_average
-- parameters: $1 pinned load, $2 business date
select a.series, a.average
from margin.realised_average_as_of($1) as a
where a.business_date = $2
order by a.series
