-- purpose: findings somebody answers for
-- grain: one row a finding
-- order: rule, table, row key, column
-- reads: finding_waiver
-- parameters: $1 pinned load, $2 business date, $3 cycle
select w.rule, w.table_name, w.row_key, w.column_name, w.value, w.reason, w.waived_by
from margin.finding_waiver_as_of($1) as w
where w.business_date = $2 and w.cycle = $3
order by w.rule, w.table_name, w.row_key, w.column_name
