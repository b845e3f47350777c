-- purpose: each collateral item with its value and what was excluded, for the report collateral
-- grain: one row an account and item
-- order: member, account, item
-- reads: account, collateral_value, computed_part, result_source
-- needs: reported_account
-- parameters: $1 run
select
    a.place as place,
    v.item as item,
    v.asset as asset,
    v.quantity as quantity,
    v.price as price,
    v.haircut as haircut,
    v.fx_rate as fx_rate,
    v.fx_haircut as fx_haircut,
    v.value_before_limits as value_before_limits,
    v.accepted_value as accepted_value,
    v.excluded as excluded
from reported_account as a
join margin.collateral_value as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
    and v.run_id = any ((select margin.source_runs($1, 'calls'))::bigint[])
order by a.place, v.item
