-- purpose: the combined commodities with a series that a change can move
-- grain: one row a combined commodity
-- order: combined commodity
-- reads: contract, realised_average, series, settlement_price, underlying_price, volatility
-- needs: affected_series
-- parameters: none
select distinct a.combined_commodity
from affected_series as a
order by a.combined_commodity
