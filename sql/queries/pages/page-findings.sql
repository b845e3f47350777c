-- purpose: what the data gates found and monitoring told, for the pages of a night
-- grain: one row a finding
-- order: number
-- reads: computed_part, finding, result_source
-- parameters: $1 run
select f.rule, f.severity, f.table_name, f.row_key, f.column_name, f.waiver_reason
from margin.finding_of($1) as f
order by f.finding
