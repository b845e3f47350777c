-- purpose: each line of variation margin, premium and expiry, for the report variation-margin
-- grain: one row an account and line
-- order: member, account, line
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
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
),
series_in_force as (
    select v.series, v.contract
    from pinned as p
    cross join lateral margin.series_as_of(p.pinned_load_id) as v
),
contract_in_force as (
    select v.contract, v.combined_commodity
    from pinned as p
    cross join lateral margin.contract_as_of(p.pinned_load_id) as v
)
select
    a.member::text as member,
    v.account::text as account,
    v.line::bigint as line,
    v.owner::text as owner,
    v.kind as kind,
    v.series::text as series,
    t.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    v.quantity::numeric as quantity,
    trim_scale(v.from_price) as from_price,
    trim_scale(v.to_price) as to_price,
    v.currency::text as currency,
    round(v.amount, d.minor_unit_decimals) as amount
from pinned as p
cross join reported_account as a
join margin.variation_margin as v on v.run_id = a.calls_run_id and v.account = a.account
left join currency_in_force as d on d.currency = v.currency
left join series_in_force as s on s.series = v.series
left join contract_in_force as t on t.contract = s.contract
left join commodity_in_force as cc on cc.combined_commodity = t.combined_commodity
order by a.member, v.account, v.line
