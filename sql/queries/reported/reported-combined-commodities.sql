-- purpose: what reports say of a combined commodity itself
-- grain: one row a combined commodity
-- order: combined commodity
-- reads: combined_commodity
-- parameters: $1 pinned load
select v.combined_commodity::text as combined_commodity, v.currency::text as currency, v.is_synthetic as is_synthetic
from margin.combined_commodity_as_of($1) as v
order by v.combined_commodity
