-- purpose: tables of the schema on which the role may not do what a night does
-- grain: one row a table
-- order: table name
-- reads: none
-- parameters: none
select c.relname::text as table_name
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
where c.relkind in ('r', 'p')
    and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
        and has_table_privilege(c.oid, 'insert'))
order by c.relname::text collate "C"
