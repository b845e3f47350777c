-- purpose: an override of the parameter set before that would hold still, and does not because another set is in force
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: corrected_row, input_column, input_load, parameter_set, parameter_set_approval
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with replaced as (
    select r.parameter_set
    from (select margin.replaced_set($5, $1) as parameter_set) as r
    where exists (select from margin.corrected_row as c where c.parameter_set = r.parameter_set and c.expires_on >= $2)
)
select o.table_name, r.parameter_set || ', ' || o.row_key || ', ' || o.column_name as row_key, o.load_id,
    null::bigint as source_line, o.column_name, coalesce(o.after_value, 'nothing') as value,
    'override ' || o.load_id || ' of ' || r.parameter_set || ' until ' || o.expires_on || ' ended with parameter set ' || $5
        || ': ' || coalesce(o.before_value, 'nothing') || ' → ' || coalesce(o.after_value, 'nothing') as message
from replaced as r
cross join lateral margin.overrides_ended(r.parameter_set, $5, $2, $2, $1) as o
where o.before_value is distinct from o.after_value
order by row_key
