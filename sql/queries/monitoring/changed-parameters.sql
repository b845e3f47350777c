-- purpose: the figures of parameter rows that are others tonight than on a night before, overrides among them
-- grain: one row a table, row and column
-- order: table, row key, column
-- reads: input_column
-- parameters: $1 parameter set, $2 pinned load and $3 business date of the night before; $4, $5 and $6 those of tonight
select n.table_name, n.row_key, n.combined_commodity, n.column_name, b.figure as before_figure, n.figure as after_figure
from margin.parameter_figure_as_of($1, $2, $3) as b
join margin.parameter_figure_as_of($4, $5, $6) as n
    on n.table_name = b.table_name and n.row_key = b.row_key and n.column_name = b.column_name
where n.figure <> b.figure
order by n.table_name collate "C", n.row_key collate "C", n.column_name collate "C"
