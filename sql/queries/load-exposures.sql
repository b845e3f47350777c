-- purpose: what the add-ons scale with: net delta, risk and net option value
-- grain: one row an account, owner and combined commodity
-- order: account, owner, combined commodity
-- parameters: $1 run
select c.account, c.owner, c.combined_commodity, c.currency, c.net_delta, c.risk, c.net_option_value,
    c.initial_risk, c.standalone_initial_risk
from margin.combined_commodity_risk_of($1) as c
join account_in_scope as s on s.account = c.account
order by c.account, c.owner, c.combined_commodity
