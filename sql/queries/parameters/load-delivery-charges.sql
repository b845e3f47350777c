-- purpose: delivery charge rows of one set
-- grain: one row a month
-- order: combined_commodity, contract_month
-- reads: delivery_charge
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.contract_month, p.outright_rate, p.spread_rate, p.applies_to
from margin.delivery_charge_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity, p.contract_month
