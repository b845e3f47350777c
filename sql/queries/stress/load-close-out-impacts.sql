-- purpose: what closing a defaulter out does to prices, by one parameter set
-- grain: one row a combined commodity
-- order: combined commodity
-- reads: close_out_impact
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select i.combined_commodity, i.impact_coefficient
from margin.close_out_impact_as_of($2, $3) as i
where i.parameter_set = $1
order by i.combined_commodity
