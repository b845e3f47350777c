-- purpose: what the data gates found, with waivers, for the report findings
-- grain: one row a finding
-- order: number
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
waiver_in_force as (
    select v.rule, v.row_key, v.waived_by
    from pinned as p
    cross join lateral margin.finding_waiver_as_of(p.pinned_load_id) as v
    where v.business_date = p.business_date
)
select
    f.finding as number,
    f.rule::text as rule,
    f.severity as severity,
    f.table_name as table_name,
    f.row_key as row_key,
    f.source as source,
    f.source_line as source_line,
    f.column_name as column_name,
    f.value as value,
    f.message as message,
    f.waiver_reason as waiver_reason,
    case when f.waiver_reason is not null then w.waived_by::text end as waived_by
from pinned as p
cross join lateral margin.finding_of(p.run_id) as f
left join waiver_in_force as w on w.rule = f.rule and w.row_key = f.row_key
order by f.finding
