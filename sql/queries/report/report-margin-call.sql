-- purpose: each account's call or return with its components, for the report margin-call
-- grain: one row an account
-- order: member, account
-- reads: account, combined_commodity, combined_commodity_risk, computed_part, currency, margin_call, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $5 run number
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
account_with_synthetic as (
    select distinct k.account
    from reported_account as a
    join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
        and k.run_id = any (margin.source_runs($1, 'offsets'))
    join commodity_in_force as cc on cc.combined_commodity = k.combined_commodity
    where cc.is_synthetic
)
select
    m.member::text as member,
    m.account::text as account,
    a.origin as origin,
    m.call_currency::text as call_currency,
    round(m.requirement, d.minor_unit_decimals) as requirement,
    round(m.add_ons, d.minor_unit_decimals) as add_ons,
    round(m.unpaid_variation_margin, d.minor_unit_decimals) as unpaid_variation_margin,
    round(m.collateral_value, d.minor_unit_decimals) as collateral_value,
    round(m.intraday_collected, d.minor_unit_decimals) as intraday_collected,
    round(m.deficit, d.minor_unit_decimals) as deficit,
    round(m.threshold, d.minor_unit_decimals) as threshold,
    round(m.minimum_transfer_amount, d.minor_unit_decimals) as minimum_transfer_amount,
    round(m.lot, d.minor_unit_decimals) as lot,
    round(m.intraday_trigger, d.minor_unit_decimals) as intraday_trigger,
    round(m.call_amount, d.minor_unit_decimals) as call_amount,
    round(m.return_amount, d.minor_unit_decimals) as return_amount,
    m.reason_code as reason_code,
    m.due_date as due_date,
    s.account is not null as includes_synthetic,
    $5::bigint as run_number
from reported_account as a
join margin.margin_call as m on m.account = a.account and int8eq(m.run_id, a.calls_run_id)
    and m.run_id = any (margin.source_runs($1, 'calls'))
left join currency_in_force as d on d.currency = m.call_currency
left join account_with_synthetic as s on s.account = m.account
order by m.member, m.account
