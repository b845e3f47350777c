-- purpose: every column of the tables of schema margin with its comment, for docs/data-dictionary.md
-- grain: one row a table and column
-- order: group of tables (reference, daily inputs, parameters, ledger, results), table name, place of the column
-- reads: none
-- parameters: none
with margin_table as (
    select c.oid, c.relname::text as table_name, coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
        (select array_agg(a.attname::text) from pg_attribute as a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select string_agg(a.attname, ', ' order by k.place)
            from pg_index as i
            cross join lateral unnest(i.indkey::smallint[]) with ordinality as k (attnum, place)
            join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
            where i.indrelid = c.oid and i.indisprimary) as key_columns,
        (select a.attname::text
            from pg_partitioned_table as p
            join pg_attribute as a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
            where p.partrelid = c.oid) as partition_column
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
    where c.relkind in ('r', 'p')
),
grouped_table as (
    select t.oid, t.table_name, t.comment, t.key_columns, t.partition_column,
        case
            when t.table_name in ('input_load', 'input_load_date', 'input_load_parameter_set', 'run', 'execution',
                'run_input', 'finding', 'rejected_row', 'corrected_row', 'corrected_cell', 'correction_approval',
                'parameter_set_approval', 'governance_rule') then 4
            when 'run_id' = any (t.columns) then 5
            when 'parameter_set' = any (t.columns) then 3
            when 'business_date' = any (t.columns) or 'level_date' = any (t.columns) then 2
            else 1
        end as table_group
    from margin_table as t
)
select (array['Reference data', 'Daily inputs', 'Parameters', 'Ledger', 'Results'])[g.table_group] as group_name,
    g.table_name, g.comment as table_comment, coalesce(g.key_columns, '') as key_columns, a.attname::text as column_name,
    replace(format_type(a.atttypid, a.atttypmod), 'margin.', '') as type_name, not a.attnotnull as may_be_null,
    coalesce(col_description(g.oid, a.attnum), '') as column_comment,
    case g.partition_column when 'business_date' then 'a month of `business_date`' when 'run_id' then '64 runs of `run_id`'
        end as partition_extent
from grouped_table as g
join pg_attribute as a on a.attrelid = g.oid and a.attnum > 0 and not a.attisdropped
order by g.table_group, g.table_name collate "C", a.attnum
