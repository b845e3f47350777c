-- purpose: what each position adds to its group's expected shortfall, for the report component-shortfall
-- grain: one row an account, owner, risk group and series
-- order: member, account, owner, risk group, series
-- reads: account, component_shortfall, computed_part, result_source
-- needs: reported_account
-- parameters: $1 run
select
    a.place as place,
    c.owner as owner,
    c.risk_group as risk_group,
    c.series as series,
    c.quantity as quantity,
    c.currency as currency,
    c.component_shortfall as component_shortfall
from reported_account as a
join margin.component_shortfall as c on c.account = a.account and int8eq(c.run_id, a.offsets_run_id)
    and c.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
order by a.place, c.owner, c.risk_group, c.series
