-- purpose: month tier rows of one set
-- grain: one row a month of a tier
-- order: combined_commodity, tier, contract_month
-- parameters: $1 parameter set
select p.combined_commodity, p.tier, p.contract_month, p.is_scanned_apart
from margin.month_tier as p
where p.parameter_set = $1
order by p.combined_commodity, p.tier, p.contract_month
