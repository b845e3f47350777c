-- purpose: each line of variation margin, premium and expiry, for the report variation-margin
-- grain: one row an account and line
-- order: member, account, line
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
account_in_force as (
    select v.account, v.member
    from margin.account as v
    join pinned as p on v.load_id <= p.pinned_load_id
    where not v.withdrawn
        and not exists (
            select 1
            from margin.account as c
            where c.account = v.account
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
),
currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency as v
    join pinned as p on v.load_id <= p.pinned_load_id
    where not v.withdrawn
        and not exists (
            select 1
            from margin.currency as c
            where c.currency = v.currency
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity as v
    join pinned as p on v.load_id <= p.pinned_load_id
    where not v.withdrawn
        and not exists (
            select 1
            from margin.combined_commodity as c
            where c.combined_commodity = v.combined_commodity
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
),
series_in_force as (
    select v.series, v.contract
    from margin.series as v
    join pinned as p on v.load_id <= p.pinned_load_id
    where not v.withdrawn
        and not exists (
            select 1
            from margin.series as c
            where c.series = v.series
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
),
contract_in_force as (
    select v.contract, v.combined_commodity
    from margin.contract as v
    join pinned as p on v.load_id <= p.pinned_load_id
    where not v.withdrawn
        and not exists (
            select 1
            from margin.contract as c
            where c.contract = v.contract
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
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
join margin.variation_margin as v on v.run_id = p.run_id
left join account_in_force as a on a.account = v.account
left join currency_in_force as d on d.currency = v.currency
left join series_in_force as s on s.series = v.series
left join contract_in_force as t on t.contract = s.contract
left join commodity_in_force as cc on cc.combined_commodity = t.combined_commodity
order by a.member, v.account, v.line
