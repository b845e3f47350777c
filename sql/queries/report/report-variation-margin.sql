-- purpose: each line of variation margin, premium and expiry, for the report variation-margin
-- grain: one row an account and line
-- order: member, account, line
-- reads: account, combined_commodity, computed_part, contract, currency, result_source, series, variation_margin
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
series_in_force as (
    select v.series, v.contract
    from margin.series_as_of($2) as v
),
contract_in_force as (
    select v.contract, v.combined_commodity
    from margin.contract_as_of($2) as v
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
from reported_account as a
join margin.variation_margin as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
    and v.run_id = any (margin.source_runs($1, 'calls'))
left join currency_in_force as d on d.currency = v.currency
left join series_in_force as s on s.series = v.series
left join contract_in_force as t on t.contract = s.contract
left join commodity_in_force as cc on cc.combined_commodity = t.combined_commodity
order by a.member, v.account, v.line
