-- purpose: each add-on line with its driver, for the report add-ons
-- grain: one row an account, owner, level, add-on and item
-- order: member, account, owner, level, add_on, item
-- reads: account, add_on, combined_commodity, combined_commodity_risk, computed_part, currency,
--     liquidity_group_member, result_source, stress_add_on
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
group_with_synthetic as (
    select distinct g.account_class, g.liquidity_group
    from margin.liquidity_group_member_as_of($2, $3) as g
    join commodity_in_force as cc on cc.combined_commodity = g.combined_commodity
    where cc.is_synthetic and g.parameter_set = $6
),
account_with_synthetic as (
    select distinct k.account
    from reported_account as a
    join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
        and k.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
    join commodity_in_force as cc on cc.combined_commodity = k.combined_commodity
    where cc.is_synthetic
)
select
    a.member::text as member,
    x.account::text as account,
    x.owner::text as owner,
    x.level collate "C" as level,
    x.add_on collate "C" as add_on,
    x.item::text as item,
    coalesce(cc.is_synthetic, g.liquidity_group is not null or (x.item = 'requirement' and s.account is not null)) as is_synthetic,
    x.currency::text as currency,
    round(x.base, d.minor_unit_decimals) as base,
    x.position_size as position_size,
    round(x.liquidation_days::numeric, 6) as liquidation_days,
    x.driver as driver,
    trim_scale(x.multiplier) as multiplier,
    round(x.amount, d.minor_unit_decimals) as amount,
    x.call_currency::text as call_currency,
    round(x.converted_amount, e.minor_unit_decimals) as converted_amount
from reported_account as a
join margin.add_on as x on x.account = a.account and int8eq(x.run_id, a.add_ons_run_id)
    and x.run_id = any ((select margin.source_runs($1, 'add-ons'))::bigint[])
left join currency_in_force as d on d.currency = x.currency
left join currency_in_force as e on e.currency = x.call_currency
left join commodity_in_force as cc on cc.combined_commodity = x.item
left join account_with_synthetic as s on s.account = x.account
left join group_with_synthetic as g on g.account_class = a.account_class and g.liquidity_group = x.item
union all
select a.member, x.account, '', 'account', 'stress', x.scenario_number::text, s.account is not null, x.currency,
    round(x.charge, d.minor_unit_decimals), null, null,
    'member ' || x.member || ' is short of ' || round(x.shortfall, d.minor_unit_decimals) || ' in scenario ' || x.scenario,
    null, round(x.amount, d.minor_unit_decimals), x.call_currency, round(x.converted_amount, e.minor_unit_decimals)
from reported_account as a
join margin.stress_add_on_of($1) as x on x.account = a.account
left join currency_in_force as d on d.currency = x.currency
left join currency_in_force as e on e.currency = x.call_currency
left join account_with_synthetic as s on s.account = x.account
order by member, account, owner, level, add_on, item
