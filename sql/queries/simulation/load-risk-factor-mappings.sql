-- purpose: the risk factors that move the series of one parameter set
-- grain: one row a combined commodity and series (empty: all others)
-- order: combined commodity, series
-- reads: risk_factor_mapping
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select m.combined_commodity, m.series, m.price_factor, m.volatility_factor
from margin.risk_factor_mapping_as_of($2, $3) as m
where m.parameter_set = $1
order by m.combined_commodity, m.series
