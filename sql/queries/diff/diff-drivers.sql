-- purpose: what moved the calls of some accounts most between two runs: the part with the largest change in the call
--     currency
-- grain: one row an account in which a part changed
-- order: account
-- reads: add_on, collateral_value, combined_commodity_risk, requirement, stress_add_on, variation_margin
-- parameters: $1 run, $2 other run, $3 accounts
with part as (
    select 0 as side, c.account, 'risk' as component, c.combined_commodity::text as item, c.currency::text as currency,
        sum(c.initial_risk) as amount, max(c.active_scenario) as scenario
    from margin.combined_commodity_risk_of($1) as c
    where c.account = any ($3)
    group by c.account, c.combined_commodity, c.currency
    union all
    select 1, c.account, 'risk', c.combined_commodity, c.currency, sum(c.initial_risk), max(c.active_scenario)
    from margin.combined_commodity_risk_of($2) as c
    where c.account = any ($3)
    group by c.account, c.combined_commodity, c.currency
    union all
    select 0, c.account, 'net option value', c.combined_commodity, c.currency, sum(-c.net_option_value), null
    from margin.combined_commodity_risk_of($1) as c
    where c.account = any ($3)
    group by c.account, c.combined_commodity, c.currency
    union all
    select 1, c.account, 'net option value', c.combined_commodity, c.currency, sum(-c.net_option_value), null
    from margin.combined_commodity_risk_of($2) as c
    where c.account = any ($3)
    group by c.account, c.combined_commodity, c.currency
    union all
    select 0, a.account, 'add-on ' || a.add_on, a.item, a.currency, sum(a.amount), null
    from margin.add_on_of($1) as a
    where a.account = any ($3)
    group by a.account, a.add_on, a.item, a.currency
    union all
    select 1, a.account, 'add-on ' || a.add_on, a.item, a.currency, sum(a.amount), null
    from margin.add_on_of($2) as a
    where a.account = any ($3)
    group by a.account, a.add_on, a.item, a.currency
    union all
    select 0, a.account, 'add-on stress', a.scenario, a.currency, a.amount, null
    from margin.stress_add_on_of($1) as a
    where a.account = any ($3)
    union all
    select 1, a.account, 'add-on stress', a.scenario, a.currency, a.amount, null
    from margin.stress_add_on_of($2) as a
    where a.account = any ($3)
    union all
    select 0, v.account, 'variation margin', v.series, v.currency, sum(-v.amount), null
    from margin.variation_margin_of($1) as v
    where v.account = any ($3)
    group by v.account, v.series, v.currency
    union all
    select 1, v.account, 'variation margin', v.series, v.currency, sum(-v.amount), null
    from margin.variation_margin_of($2) as v
    where v.account = any ($3)
    group by v.account, v.series, v.currency
    union all
    select 0, k.account, 'collateral', k.item, '', sum(-k.accepted_value), null
    from margin.collateral_value_of($1) as k
    where k.account = any ($3)
    group by k.account, k.item
    union all
    select 1, k.account, 'collateral', k.item, '', sum(-k.accepted_value), null
    from margin.collateral_value_of($2) as k
    where k.account = any ($3)
    group by k.account, k.item
),
change as (
    select p.account, p.component, p.item, p.currency,
        coalesce(sum(p.amount) filter (where p.side = 1), 0) - coalesce(sum(p.amount) filter (where p.side = 0), 0) as change,
        max(p.scenario) filter (where p.side = 0) as scenario_before,
        max(p.scenario) filter (where p.side = 1) as scenario_after
    from part as p
    group by p.account, p.component, p.item, p.currency
),
rate as (
    select q.account, q.currency, max(q.fx_rate) as fx_rate
    from (
        select r.account, r.currency, r.fx_rate from margin.requirement_of($1) as r where r.account = any ($3)
        union all
        select r.account, r.currency, r.fx_rate from margin.requirement_of($2) as r where r.account = any ($3)
    ) as q
    group by q.account, q.currency
)
select distinct on (c.account) c.account, c.component, c.item, c.currency, c.change, c.scenario_before, c.scenario_after
from change as c
left join rate as r on r.account = c.account and r.currency = c.currency
where c.change <> 0
order by c.account, abs(c.change) * coalesce(r.fx_rate, 1) desc, c.component, c.item
