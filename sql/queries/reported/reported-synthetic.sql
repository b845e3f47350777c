-- purpose: whose requirement a combined commodity with made-up data is part of
-- grain: one row an account, owner and currency with one
-- order: member, account, owner, currency
-- reads: account, combined_commodity, combined_commodity_risk, computed_part, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
select distinct a.place as place, k.owner as owner, k.currency as currency
from reported_account as a
join margin.combined_commodity_risk as k on k.account = a.account and int8eq(k.run_id, a.offsets_run_id)
    and k.run_id = any ((select margin.source_runs($1, 'offsets'))::bigint[])
where k.combined_commodity in (
    select v.combined_commodity
    from margin.combined_commodity_as_of($2) as v
    where v.is_synthetic)
order by place, owner, currency
