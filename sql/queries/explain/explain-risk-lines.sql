-- purpose: what enters one account's requirement: its risk groups, scan-based spreads and other combined commodities
-- grain: one row an owner, currency and line
-- order: owner, currency, line
-- reads: combined_commodity_risk, risk_group_share, scan_spread_risk
-- parameters: $1 run, $2 account
with share as (
    select s.owner, s.combined_commodity, s.risk_group, s.initial_risk, s.standalone_initial_risk
    from margin.risk_group_share_of($1) as s
    where s.account = $2
),
part as (
    select c.owner, c.currency, c.net_option_value,
        coalesce(s.risk_group, nullif(c.scan_spread, ''), c.combined_commodity) as line,
        case when s.risk_group is null then nullif(c.scan_spread, '') end as scan_spread,
        coalesce(s.initial_risk, c.initial_risk) as initial_risk,
        coalesce(s.standalone_initial_risk, c.standalone_initial_risk) as standalone_initial_risk
    from margin.combined_commodity_risk_of($1) as c
    left join share as s on s.owner = c.owner and s.combined_commodity = c.combined_commodity
    where c.account = $2
)
select p.owner, p.currency, p.line, coalesce(max(g.initial_risk), sum(p.initial_risk)) as initial_risk,
    sum(p.standalone_initial_risk) as standalone_initial_risk, sum(p.net_option_value) as net_option_value
from part as p
left join margin.scan_spread_risk_of($1) as g on g.account = $2 and g.owner = p.owner and g.spread = p.scan_spread
group by p.owner, p.currency, p.line
order by p.owner, p.currency, p.line
