-- purpose: what the data gates found, with waivers, for the report findings
-- grain: one row a finding
-- order: number
-- reads: computed_part, finding, finding_waiver, result_source
-- parameters: $1 run, $2 pinned load, $3 business date, $4 cycle
with waiver_in_force as (
    select v.rule, v.table_name, v.row_key, v.column_name, v.value, v.waived_by
    from margin.finding_waiver_as_of($2) as v
    where v.business_date = $3 and v.cycle = $4
)
select
    f.finding as number,
    f.rule::text as rule,
    f.severity as severity,
    f.table_name as table_name,
    f.row_key as row_key,
    regexp_replace(f.source, '^.*/', '') as source,
    f.source_line as source_line,
    f.column_name as column_name,
    f.value as value,
    f.message as message,
    f.waiver_reason as waiver_reason,
    case when f.waiver_reason is not null then w.waived_by::text end as waived_by
from margin.finding_of($1) as f
left join waiver_in_force as w
    on w.rule = f.rule and w.table_name = f.table_name and w.row_key = f.row_key and w.column_name = f.column_name
    and w.value = f.value
order by f.finding
