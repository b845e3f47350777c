-- purpose: the combined commodity of every series
-- grain: one row a series
-- order: series
-- reads: contract, series
-- parameters: $1 pinned load
select s.series::text as series, c.combined_commodity::text as combined_commodity
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
order by s.series
