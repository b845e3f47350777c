-- purpose: what the data gates found in a run, void ones too, with waivers as they stand now and the value each is for
-- grain: one row a finding
-- order: what blocks first, then number
-- reads: computed_part, finding, finding_waiver, result_source
-- parameters: $1 run, $2 business date, $3 cycle
select f.finding, f.rule, f.severity, f.table_name, f.row_key, f.source, f.source_line, f.column_name, f.value, f.message,
    f.waiver_reason, w.waived_by, w.reason as reason_now, w.value as waived_value, f.is_essential
from margin.finding_of($1) as f
left join margin.finding_waiver_as_of(9223372036854775807) as w
    on w.business_date = $2 and w.cycle = $3 and w.rule = f.rule and w.table_name = f.table_name and w.row_key = f.row_key
    and w.column_name = f.column_name
order by (f.severity = 'block' and f.waiver_reason is null) desc, f.severity, f.finding
