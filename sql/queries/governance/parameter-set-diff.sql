-- purpose: every row that one parameter set has and another has not, or has otherwise
-- grain: one row a column of such a row: table, key, added, removed or changed, column, before, after
-- order: table, key, column
-- reads: input_column
-- parameters: $1 parameter set before, $2 parameter set after
select coalesce(a.table_name, b.table_name) as table_name, coalesce(a.row_key, b.row_key) as row_key,
    case when b.row_key is null then 'added' when a.row_key is null then 'removed' else 'changed' end as change,
    c.name as column_name, b.cells ->> c.name as before_value, a.cells ->> c.name as after_value
from margin.parameter_row($1) as b
full join margin.parameter_row($2) as a on a.table_name = b.table_name and a.row_key = b.row_key
cross join lateral (
    select coalesce(k.name, '') as name
    from (select 1) as one
    left join lateral jsonb_object_keys(coalesce(b.cells, a.cells)) as k (name) on true
) as c
where b.row_key is null or a.row_key is null or b.cells -> c.name is distinct from a.cells -> c.name
order by coalesce(a.table_name, b.table_name) collate "C", coalesce(a.row_key, b.row_key) collate "C", c.name collate "C"
