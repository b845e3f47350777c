-- purpose: combined commodities
-- grain: one row a combined commodity
-- order: combined commodity
-- reads: combined_commodity
-- parameters: $1 pinned load
select k.combined_commodity, k.name, k.currency, k.can_trade_at_or_below_zero, k.is_synthetic
from margin.combined_commodity_as_of($1) as k
order by k.combined_commodity
