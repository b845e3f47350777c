-- purpose: the risk of what accounts hold in each combined commodity
-- grain: one row an account, combined commodity and currency
-- order: account, combined commodity, currency
-- reads: combined_commodity_risk, computed_part, result_source
-- parameters: $1 run
select r.account, r.combined_commodity, r.currency, sum(r.risk) as risk
from margin.combined_commodity_risk_of($1) as r
group by r.account, r.combined_commodity, r.currency
order by r.account, r.combined_commodity, r.currency
