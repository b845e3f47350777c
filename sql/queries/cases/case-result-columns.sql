-- purpose: the columns of a result table, as a case may state them
-- grain: one row a column: name, type
-- order: position
-- reads: none
-- parameters: $1 table
select a.attname::text as column_name, t.typname::text as type_name
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
join pg_type as t on t.oid = a.atttypid
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = 'margin' and c.relname = $1 and a.attnum > 0 and not a.attisdropped and a.attname <> 'run_id'
order by a.attnum
