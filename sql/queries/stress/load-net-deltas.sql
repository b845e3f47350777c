-- purpose: what closing accounts out would have to trade: net delta before spreads, owners added up
-- grain: one row an account and combined commodity
-- order: account, combined commodity
-- reads: combined_commodity_risk, computed_part, result_source
-- parameters: $1 run
select c.account, c.combined_commodity, sum(c.net_delta)::margin.delta as net_delta
from margin.combined_commodity_risk_of($1) as c
group by c.account, c.combined_commodity
order by c.account, c.combined_commodity
