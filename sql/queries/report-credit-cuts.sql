-- purpose: what accounts would have to cover at lower credit rates, for the report credit-cuts
-- grain: one row an account with a kappa and a credit cut
-- order: member, account, credit cut
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from pinned as p
    cross join lateral margin.currency_as_of(p.pinned_load_id) as v
)
select
    a.member::text as member,
    c.account::text as account,
    c.credit_cut as credit_cut,
    c.call_currency::text as call_currency,
    round(c.requirement, d.minor_unit_decimals) as requirement
from pinned as p
cross join reported_account as a
join margin.requirement_at_credit_cut as c on c.run_id = a.add_ons_run_id and c.account = a.account
left join currency_in_force as d on d.currency = c.call_currency
order by a.member, c.account, c.credit_cut collate "C"
