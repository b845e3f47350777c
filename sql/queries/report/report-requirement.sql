-- purpose: each account's requirement by currency and its conversion, for the report requirement
-- grain: one row an account and currency
-- order: member, account, currency
-- reads: account, computed_part, currency_requirement, requirement, result_source
-- needs: reported_account
-- parameters: $1 run
with owners_summed as (
    select
        a.place,
        o.currency,
        count(*) as owners,
        sum(o.initial_risk) as initial_risk,
        sum(o.net_option_value) as net_option_value,
        sum(o.offset_add_back) as offset_add_back
    from reported_account as a
    join margin.currency_requirement as o on o.account = a.account and int8eq(o.run_id, a.offsets_run_id)
        and o.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
    group by a.place, o.currency
)
select
    a.place as place,
    q.currency as currency,
    o.owners as owners,
    o.initial_risk as initial_risk,
    o.net_option_value as net_option_value,
    o.offset_add_back as offset_add_back,
    q.amount as requirement,
    q.fx_rate as fx_rate,
    q.fx_haircut as fx_haircut,
    q.call_currency as call_currency,
    q.converted_amount as converted_requirement
from reported_account as a
join margin.requirement as q on q.account = a.account and int8eq(q.run_id, a.offsets_run_id)
    and q.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
left join owners_summed as o on o.place = a.place and o.currency = q.currency
order by a.place, q.currency
