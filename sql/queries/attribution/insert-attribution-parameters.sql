-- purpose: keep the rows of parameters that are others tonight than the night before
-- grain: one row a table, row and column that changed
-- reads: attribution_parameter, input_column
-- parameters: $1 run, $2 tables, $3 parameter set, $4 pinned load and $5 business date of the night before; $6, $7 and $8 those of
--     tonight
insert into margin.attribution_parameter (run_id, table_name, row_key, column_name, change, yesterday, today)
select $1::bigint, coalesce(a.table_name, b.table_name), coalesce(a.row_key, b.row_key), c.name,
    case when b.row_key is null then 'added' when a.row_key is null then 'removed' else 'changed' end,
    b.cells ->> c.name, a.cells ->> c.name
from margin.parameter_row_as_of($3, $4, $5, $2) as b
full join margin.parameter_row_as_of($6, $7, $8, $2) as a on a.table_name = b.table_name and a.row_key = b.row_key
cross join lateral (
    select coalesce(k.name, '') as name
    from (select 1) as one
    left join lateral jsonb_object_keys(coalesce(b.cells, a.cells)) as k (name) on true
) as c
where b.row_key is null or a.row_key is null or b.cells -> c.name is distinct from a.cells -> c.name
