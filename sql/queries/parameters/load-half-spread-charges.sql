-- purpose: half-spread charges of one parameter set
-- grain: one row a combined commodity of an account class
-- order: account class, combined commodity
-- reads: half_spread_charge
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select h.account_class, h.combined_commodity, h.contract_value_factor, h.tier_factor
from margin.half_spread_charge_as_of($2, $3) as h
where h.parameter_set = $1
order by h.account_class, h.combined_commodity
