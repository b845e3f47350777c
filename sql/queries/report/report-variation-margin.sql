-- purpose: each line of variation margin, premium and expiry, then what is still owed from days before, for the report
--     variation-margin
-- grain: one row an account and line
-- order: member, account, line
-- reads: account, combined_commodity, computed_part, contract, currency, result_source, series,
--     unpaid_variation_margin, variation_margin
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
),
settled as (
    select a.member, v.account, v.line::bigint as line, v.owner, v.kind, v.series, v.quantity, v.from_price, v.to_price,
        v.currency, v.amount
    from reported_account as a
    join margin.variation_margin as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
        and v.run_id = any (margin.source_runs($1, 'calls'))
),
last_line as (
    select s.account, max(s.line) as line
    from settled as s
    group by s.account
),
owed as (
    select a.member, u.account,
        coalesce(l.line, 0) + row_number() over (partition by u.account order by u.currency) as line,
        u.currency, -u.still_owed as amount
    from reported_account as a
    join margin.unpaid_variation_margin as u on u.account = a.account and int8eq(u.run_id, a.calls_run_id)
        and u.run_id = any (margin.source_runs($1, 'calls'))
    left join last_line as l on l.account = u.account
    where u.still_owed > 0
),
listed as (
    select s.member, s.account, s.line, s.owner, s.kind, s.series, s.quantity, s.from_price, s.to_price, s.currency, s.amount
    from settled as s
    union all
    select o.member, o.account, o.line, '', 'owed', '', null, null, null, o.currency, o.amount
    from owed as o
)
select
    v.member::text as member,
    v.account::text as account,
    v.line as line,
    v.owner::text as owner,
    v.kind as kind,
    v.series::text as series,
    coalesce(t.combined_commodity, '')::text as combined_commodity,
    coalesce(cc.is_synthetic, false) as is_synthetic,
    v.quantity::numeric as quantity,
    trim_scale(v.from_price) as from_price,
    trim_scale(v.to_price) as to_price,
    v.currency::text as currency,
    round(v.amount, d.minor_unit_decimals) as amount
from listed as v
left join currency_in_force as d on d.currency = v.currency
left join series_in_force as s on s.series = v.series
left join contract_in_force as t on t.contract = s.contract
left join commodity_in_force as cc on cc.combined_commodity = t.combined_commodity
order by v.member, v.account, v.line
