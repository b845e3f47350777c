-- purpose: correlations between the underlyings of spread options of one set
-- grain: one row a contract
-- order: contract
-- reads: spread_option_correlation
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select c.contract, c.correlation
from margin.spread_option_correlation_as_of($2, $3) as c
where c.parameter_set = $1
order by c.contract
