-- purpose: the columns of a file by their base types, with what an empty cell stands for
-- grain: one row a column of the file that its table has
-- order: the file's
-- reads: input_column
-- parameters: $1 table, $2 columns of the file
select c.column_name, margin.base_type(c.type_name) as base_type, c.is_not_null,
    margin.cell_of_default(c.default_value) as default_cell, c.is_versioned
from unnest($2::text[]) with ordinality as f (column_name, place)
join margin.input_column as c on c.table_name = $1 and c.column_name = f.column_name
order by f.place
