-- purpose: concentration over all accounts of a member, for the report member-concentration
-- grain: one row a member and combined commodity with member tiers
-- order: member, combined commodity
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
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from pinned as p
    cross join lateral margin.combined_commodity_as_of(p.pinned_load_id) as v
)
select
    m.member::text as member,
    m.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    m.currency::text as currency,
    m.net_delta as net_delta,
    round(m.base, d.minor_unit_decimals) as base,
    round(m.member_charge, d.minor_unit_decimals) as member_charge,
    round(m.own_charges, d.minor_unit_decimals) as own_charges,
    round(m.excess, d.minor_unit_decimals) as excess
from pinned as p
cross join lateral margin.member_concentration_of(p.run_id) as m
left join currency_in_force as d on d.currency = m.currency
left join commodity_in_force as cc on cc.combined_commodity = m.combined_commodity
where m.member in (select a.member from reported_account as a)
order by m.member, m.combined_commodity
