-- purpose: what each position gains for a move of what it is priced with, for the report greeks
-- grain: one row an account, owner and series held
-- order: member, account, owner, series
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
account_in_force as (
    select v.account, v.member
    from pinned as p
    cross join lateral margin.account_as_of(p.pinned_load_id) as v
),
commodity_in_force as (
    select v.combined_commodity, v.currency, v.is_synthetic
    from pinned as p
    cross join lateral margin.combined_commodity_as_of(p.pinned_load_id) as v
)
select
    a.member::text as member,
    g.account::text as account,
    g.owner::text as owner,
    g.series::text as series,
    r.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    cc.currency::text as currency,
    g.quantity as quantity,
    round(g.delta::numeric, 4) as delta,
    round(g.gamma::numeric, 4) as gamma,
    round(g.vega::numeric, 4) as vega,
    round(g.theta::numeric, 4) as theta,
    round(g.rho::numeric, 4) as rho
from pinned as p
join margin.position_greeks as g on g.run_id = p.run_id
join margin.risk_array as r on r.run_id = p.run_id and r.series = g.series
left join account_in_force as a on a.account = g.account
left join commodity_in_force as cc on cc.combined_commodity = r.combined_commodity
order by a.member, g.account, g.owner, g.series
