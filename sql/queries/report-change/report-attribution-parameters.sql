-- purpose: the rows of parameters that are others tonight than the night before, for the report attribution-parameters
-- grain: one row a table, row and column that changed
-- order: table, row key, column
-- reads: attribution_parameter, result_source
-- parameters: $1 run
select
    p.table_name as table_name,
    p.row_key as row_key,
    p.column_name as column_name,
    p.change as change,
    p.yesterday as yesterday,
    p.today as today
from margin.attribution_parameter_of($1) as p
order by p.table_name, p.row_key, p.column_name
