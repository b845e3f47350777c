-- purpose: each account's terms and beneficial owners, for the report accounts
-- grain: one row an account and owner; one row for an account without owners
-- order: member, account, owner
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
owner_in_force as (
    select v.account, v.owner
    from pinned as p
    cross join lateral margin.beneficial_owner_as_of(p.pinned_load_id) as v
)
select
    a.member::text as member,
    a.account::text as account,
    a.origin as origin,
    a.margining_type as margining_type,
    a.account_class::text as account_class,
    a.call_currency::text as call_currency,
    coalesce(o.owner::text, '') as owner
from pinned as p
cross join reported_account as a
left join owner_in_force as o on o.account = a.account
order by a.member, a.account, owner
