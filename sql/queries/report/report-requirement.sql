-- purpose: each account's requirement by currency and its conversion, for the report requirement
-- grain: one row an account and currency
-- order: member, account, currency
-- reads: account, combined_commodity, combined_commodity_risk, computed_part, currency, currency_requirement,
--     requirement, result_source
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
account_currency_with_synthetic as (
    select distinct k.account, k.currency
    from reported_account as a
    join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
        and k.run_id = any (margin.source_runs($1, 'offsets'))
    join commodity_in_force as cc on cc.combined_commodity = k.combined_commodity
    where cc.is_synthetic
),
owners_summed as (
    select
        o.account,
        o.currency,
        count(*) as owners,
        sum(o.initial_risk) as initial_risk,
        sum(o.net_option_value) as net_option_value,
        sum(o.offset_add_back) as offset_add_back
    from reported_account as a
    join margin.currency_requirement as o on o.account = a.account and int8eq(o.run_id, a.offsets_run_id)
        and o.run_id = any (margin.source_runs($1, 'offsets'))
    group by o.account, o.currency
)
select
    a.member::text as member,
    q.account::text as account,
    q.currency::text as currency,
    o.owners as owners,
    round(o.initial_risk, d.minor_unit_decimals) as initial_risk,
    round(o.net_option_value, d.minor_unit_decimals) as net_option_value,
    round(o.offset_add_back, d.minor_unit_decimals) as offset_add_back,
    round(q.amount, d.minor_unit_decimals) as requirement,
    trim_scale(q.fx_rate) as fx_rate,
    trim_scale(q.fx_haircut) as fx_haircut,
    q.call_currency::text as call_currency,
    round(q.converted_amount, e.minor_unit_decimals) as converted_requirement,
    s.account is not null as includes_synthetic
from reported_account as a
join margin.requirement as q on q.account = a.account and int8eq(q.run_id, a.offsets_run_id)
    and q.run_id = any (margin.source_runs($1, 'offsets'))
left join owners_summed as o on o.account = q.account and o.currency = q.currency
left join currency_in_force as d on d.currency = q.currency
left join currency_in_force as e on e.currency = q.call_currency
left join account_currency_with_synthetic as s on s.account = q.account and s.currency = q.currency
order by a.member, q.account, q.currency
