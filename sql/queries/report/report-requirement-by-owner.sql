-- purpose: the requirement of each beneficial owner, for the report requirement-by-owner; an account's is their sum
-- grain: one row an account, owner and currency
-- order: member, account, owner, currency
-- reads: account, computed_part, currency_requirement, result_source
-- needs: reported_account
-- parameters: $1 run
select
    a.place as place,
    o.owner as owner,
    o.currency as currency,
    o.initial_risk as initial_risk,
    o.net_option_value as net_option_value,
    o.offset_add_back as offset_add_back,
    o.requirement as requirement
from reported_account as a
join margin.currency_requirement as o on o.account = a.account and int8eq(o.run_id, a.offsets_run_id)
    and o.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
order by a.place, o.owner, o.currency
