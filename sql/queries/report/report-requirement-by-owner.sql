-- purpose: the requirement of each beneficial owner, for the report requirement-by-owner; an account's is their sum
-- grain: one row an account, owner and currency
-- order: member, account, owner, currency
-- reads: account, combined_commodity, combined_commodity_risk, computed_part, currency, currency_requirement,
--     result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
owner_currency_with_synthetic as (
    select distinct k.account, k.owner, k.currency
    from reported_account as a
    join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
        and k.run_id = any (margin.source_runs($1, 'offsets'))
    join commodity_in_force as cc on cc.combined_commodity = k.combined_commodity
    where cc.is_synthetic
)
select
    a.member::text as member,
    o.account::text as account,
    o.owner::text as owner,
    o.currency::text as currency,
    round(o.initial_risk, d.minor_unit_decimals) as initial_risk,
    round(o.net_option_value, d.minor_unit_decimals) as net_option_value,
    round(o.offset_add_back, d.minor_unit_decimals) as offset_add_back,
    round(o.requirement, d.minor_unit_decimals) as requirement,
    s.account is not null as includes_synthetic
from reported_account as a
join margin.currency_requirement as o on o.account = a.account and int8eq(o.run_id, a.offsets_run_id)
    and o.run_id = any (margin.source_runs($1, 'offsets'))
left join currency_in_force as d on d.currency = o.currency
left join owner_currency_with_synthetic as s on s.account = o.account and s.owner = o.owner and s.currency = o.currency
order by a.member, o.account, o.owner, o.currency
