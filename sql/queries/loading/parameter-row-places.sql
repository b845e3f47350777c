-- purpose: where the rows of parameter sets came from that broken rules name
-- grain: one row a rule: its number, source and line, nulls where it has no row
-- order: number
-- reads: input_column, input_load
-- parameters: $1 parameter sets, $2 tables, $3 keys, one of each a rule
select r.number, p.source, p.line
from unnest($1::text[], $2::text[], $3::text[]) with ordinality as r (parameter_set, table_name, row_key, number)
cross join lateral margin.parameter_row_place(r.parameter_set, r.table_name, r.row_key) as p
order by r.number
