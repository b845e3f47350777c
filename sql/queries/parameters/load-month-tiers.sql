-- purpose: month tier rows of one set
-- grain: one row a month of a tier
-- order: combined_commodity, tier, contract_month
-- reads: month_tier
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.tier, p.contract_month, p.is_scanned_apart
from margin.month_tier_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity, p.tier, p.contract_month
