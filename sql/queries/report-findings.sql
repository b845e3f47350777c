-- purpose: what the data gates found and ingest refused, with waivers, for the report findings
-- grain: one row a finding or reject
-- order: kind (finding before reject), number
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
waiver_in_force as (
    select v.rule, v.row_key, v.waived_by
    from margin.finding_waiver as v
    join pinned as p on v.load_id <= p.pinned_load_id and v.business_date = p.business_date
    where not v.withdrawn
        and not exists (
            select 1
            from margin.finding_waiver as c
            where c.business_date = v.business_date and c.rule = v.rule and c.row_key = v.row_key
                and c.revision > 1 and c.revision > v.revision and c.load_id <= p.pinned_load_id)
)
select
    'finding' as kind,
    f.finding as number,
    f.rule::text as rule,
    f.severity as severity,
    f.table_name as table_name,
    f.row_key as row_key,
    null::text as column_name,
    null::text as value,
    null::text as source,
    f.message as message,
    f.waiver_reason as waiver_reason,
    case when f.waiver_reason is not null then w.waived_by::text end as waived_by
from pinned as p
join margin.finding as f on f.run_id = p.run_id
left join waiver_in_force as w on w.rule = f.rule and w.row_key = f.row_key
union all
select
    'reject' as kind,
    j.reject as number,
    j.reason as rule,
    'reject' as severity,
    j.table_name as table_name,
    j.row_key as row_key,
    j.column_name as column_name,
    j.value as value,
    l.source as source,
    null::text as message,
    null::text as waiver_reason,
    null::text as waived_by
from pinned as p
join margin.ingest_reject as j on j.run_id = p.run_id
left join margin.input_load as l on l.load_id = j.load_id
order by kind, number
