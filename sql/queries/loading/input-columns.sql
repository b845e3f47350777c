-- purpose: the columns a CSV of one input table may bring
-- grain: one row a column
-- order: position
-- reads: input_column
-- parameters: $1 table name
select c.column_name, c.type_name, c.is_not_null and c.default_value is null as is_required, c.is_key, c.default_value,
    col_description(format('margin.%I', c.table_name)::regclass, c.position) as meaning
from margin.input_column as c
where c.table_name = $1
order by c.position
