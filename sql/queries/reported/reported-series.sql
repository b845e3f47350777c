-- purpose: the combined commodity of every series, or of those that the reports of some accounts name
-- grain: one row a series
-- order: series
-- reads: account, component_shortfall, computed_part, contract, result_source, series, variation_margin
-- needs: reported_account
-- parameters: $1 pinned load, $2 whether all, $3 run
with named as (
    select v.series
    from reported_account as a
    join margin.variation_margin as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
        and v.run_id = any ((select margin.source_runs($3, 'calls'))::bigint[])
    where not $2
    union
    select c.series
    from reported_account as a
    join margin.component_shortfall as c on c.account = a.account and int8eq(c.run_id, a.offsets_run_id)
        and c.run_id = any ((select margin.source_runs($3, 'offsets'))::bigint[])
    where not $2
),
listed as (
    select s.series, s.contract
    from margin.series_as_of($1) as s
    where $2
    union all
    select s.series, s.contract
    from named as n
    join margin.series_as_of($1) as s on s.series = n.series
)
select s.series::text as series, c.combined_commodity::text as combined_commodity
from listed as s
join margin.contract_as_of($1) as c on c.contract = s.contract
order by s.series
