-- purpose: the waivers that one load brought, with who asks for them and who approved them
-- grain: one row a waiver
-- order: date, cycle, rule, table, row key, column
-- reads: correction_approval, finding_waiver, input_load, waiver_approval
-- parameters: $1 load
select w.business_date::text, w.cycle, w.rule, w.table_name, w.row_key, w.column_name, w.value, w.reason, w.waived_by, l.loaded_by,
    to_char(l.loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as loaded_at,
    coalesce(a.approved_by, c.approved_by) as approved_by
from margin.finding_waiver as w
join margin.input_load as l on l.load_id = w.load_id
left join margin.waiver_approval as a on a.waiver = w.load_id
left join margin.correction_approval as c on c.load_id = w.load_id
where w.load_id = $1
order by w.business_date, w.cycle, w.rule, w.table_name, w.row_key, w.column_name
