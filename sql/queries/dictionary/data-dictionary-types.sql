-- purpose: the domains of schema margin with their comments, for docs/data-dictionary.md
-- grain: one row a domain
-- order: domain
-- reads: none
-- parameters: none
select t.typname::text as type_name, replace(format_type(t.typbasetype, t.typtypmod), 'margin.', '') as base_type,
    coalesce(obj_description(t.oid, 'pg_type'), '') as comment
from pg_type as t
join pg_namespace as n on n.oid = t.typnamespace and n.nspname = 'margin'
where t.typtype = 'd'
order by t.typname collate "C"
