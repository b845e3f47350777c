-- purpose: what the published nights of a period come to, for the quarterly disclosure
-- grain: one row a night, figure, scope and currency
-- order: figure, scope, currency, night
-- reads: account, computed_part, cover_two, margin_call, result_source, run, unpaid_variation_margin
-- parameters: $1 first day, $2 last day
with night as (
    select r.business_date, r.run_id, r.pinned_load_id
    from margin.run as r
    where r.cycle = 'EOD' and r.status = 'published' and r.business_date between $1 and $2
), called as (
    select n.business_date, s.scope, c.call_currency as currency, sum(c.requirement) as requirement, sum(c.add_ons) as add_ons,
        sum(c.collateral_value) as collateral,
        sum(greatest(c.call_amount - c.unpaid_variation_margin, 0)) as margin_called
    from night as n
    cross join lateral margin.margin_call_of(n.run_id) as c
    cross join lateral margin.account_as_of(n.pinned_load_id) as a
    cross join lateral (values ('total'), (a.origin::text)) as s (scope)
    where a.account = c.account
    group by n.business_date, s.scope, c.call_currency
)
select 'initial_margin_required' as figure, c.scope, c.currency, c.business_date, c.requirement as amount from called as c
union all
select 'add_ons_required', c.scope, c.currency, c.business_date, c.add_ons from called as c
union all
select 'collateral_held', c.scope, c.currency, c.business_date, c.collateral from called as c
union all
select 'initial_margin_called', c.scope, c.currency, c.business_date, c.margin_called from called as c where c.scope = 'total'
union all
select 'variation_margin_paid', 'total', u.currency, n.business_date, sum(greatest(-u.variation_margin, 0))
from night as n
cross join lateral margin.unpaid_variation_margin_of(n.run_id) as u
group by u.currency, n.business_date
union all
select f.figure, 'total', t.currency, n.business_date, f.amount
from night as n
cross join lateral (
    select c.currency, max(c.fund) as fund, max(c.cover_one) as cover_one, max(c.cover_two) as cover_two
    from margin.cover_two_of(n.run_id) as c
    where c.scenario_number > 0
    group by c.currency
) as t
cross join lateral (values ('guaranty_fund', t.fund), ('stress_loss_of_one_group', t.cover_one),
    ('stress_loss_of_groups', t.cover_two), ('stress_loss_above_fund', greatest(t.cover_two - t.fund, 0))) as f (figure, amount)
order by figure, scope, currency, business_date
