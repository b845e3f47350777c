-- purpose: what each position adds to its group's expected shortfall, for the report component-shortfall
-- grain: one row an account, owner, risk group and series
-- order: member, account, owner, risk group, series
-- reads: account, combined_commodity, component_shortfall, computed_part, currency, result_source, risk_array
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
),
commodity_in_force as (
    select v.combined_commodity, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
)
select
    a.member::text as member,
    c.account::text as account,
    c.owner::text as owner,
    c.risk_group::text as risk_group,
    c.series::text as series,
    r.combined_commodity::text as combined_commodity,
    k.is_synthetic as is_synthetic,
    c.quantity as quantity,
    c.currency::text as currency,
    round(c.component_shortfall, d.minor_unit_decimals) as component_shortfall
from reported_account as a
join margin.component_shortfall as c on c.account = a.account and int8eq(c.run_id, a.offsets_run_id)
    and c.run_id = any (margin.source_runs($1, 'offsets'))
left join margin.risk_array_of($1) as r on r.series = c.series
left join commodity_in_force as k on k.combined_commodity = r.combined_commodity
left join currency_in_force as d on d.currency = c.currency
order by a.member, c.account, c.owner, c.risk_group, c.series
