-- purpose: correlations between the underlyings of spread options of one set
-- grain: one row a contract
-- order: contract
-- parameters: $1 parameter set
select c.contract, c.correlation
from margin.spread_option_correlation as c
where c.parameter_set = $1
order by c.contract
