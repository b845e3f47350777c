-- purpose: what closing out the accounts and owners of units with a shortfall would cost, for the report stress-exposures
-- grain: one row an account and owner
-- order: member, account, owner
-- reads: account, result_source, stress_exposure, stress_unit
-- parameters: $1 run, $2 pinned load
with short_unit as (
    select u.member, u.unit
    from margin.stress_unit_of($1) as u
    where u.no_offset_shortfall > 0 or exists (select from unnest(u.shortfall) as s (amount) where s.amount > 0)
),
account_in_force as (
    select v.account, v.origin
    from margin.account_as_of($2) as v
),
-- Apart, so that units are found by member and name together: by the member alone each is held against all of its others.
exposure as materialized (
    select
        e.member, e.account, e.owner, e.currency, e.cover, e.no_offset_exposure, e.minor_unit_decimals, e.exposure,
        case when a.origin = 'house' then 'house' when e.owner = '' then e.account else e.account || '/' || e.owner end as unit
    from margin.stress_exposure_of($1) as e
    join account_in_force as a on a.account = e.account
)
select
    e.member as member,
    e.account as account,
    e.owner as owner,
    u.unit as unit,
    e.currency as currency,
    e.cover as cover,
    e.no_offset_exposure as no_offset_exposure,
    e.minor_unit_decimals::bigint as minor_unit_decimals,
    e.exposure as exposure
from exposure as e
join short_unit as u on u.member = e.member and u.unit = e.unit
order by e.member, e.account, e.owner
