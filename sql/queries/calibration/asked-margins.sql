-- purpose: what accounts were asked for in a run: the requirement, and every add-on, that of stress among them, in call currencies
-- grain: one row an account
-- order: account
-- reads: add_on, computed_part, requirement, result_source, stress_add_on
-- parameters: $1 run
with requirement as (
    select r.account, min(r.call_currency) as call_currency, sum(r.converted_amount) as amount
    from margin.requirement_of($1) as r
    group by r.account
),
charge as (
    select a.account, a.converted_amount
    from margin.add_on_of($1) as a
    union all
    select s.account, s.converted_amount
    from margin.stress_add_on_of($1) as s
),
charged as (
    select c.account, sum(c.converted_amount) as amount
    from charge as c
    group by c.account
)
select r.account, r.call_currency, r.amount as requirement, coalesce(c.amount, 0) as add_ons
from requirement as r
left join charged as c using (account)
order by r.account
