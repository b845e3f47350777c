-- purpose: the overrides of one parameter set that end because another comes into force
-- grain: one row an override, row and column in which it differs from its set's own row
-- order: override, table, row, column
-- reads: corrected_row, input_column, input_load, parameter_set
-- parameters: $1 set before, $2 set after
select o.load_id, o.table_name, o.row_key, o.column_name, o.before_value, o.after_value, o.expires_on::text
from margin.parameter_set as s
cross join lateral margin.overrides_ended($1, s.parameter_set, s.effective_from, 'infinity',
    9223372036854775807) as o
where s.parameter_set = $2
order by o.load_id, o.table_name collate "C", o.row_key collate "C", o.column_name collate "C"
