-- purpose: market impact charges of one parameter set
-- grain: one row a combined commodity of an account class
-- order: account class, combined commodity
-- reads: impact_charge
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select i.account_class, i.combined_commodity, i.impact_coefficient, i.contract_value_factor
from margin.impact_charge_as_of($2, $3) as i
where i.parameter_set = $1
order by i.account_class, i.combined_commodity
