-- purpose: price scan range tier rows of one set
-- grain: one row a span of months
-- order: combined_commodity, from_month
-- reads: price_scan_range_tier
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.combined_commodity, p.from_month, p.to_month, p.price_scan_range_kind, p.price_scan_range
from margin.price_scan_range_tier_as_of($2, $3) as p
where p.parameter_set = $1
order by p.combined_commodity, p.from_month
