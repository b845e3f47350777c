-- purpose: what schema margin has without a comment; a test holds it to nothing
-- grain: one row a domain, table, view or column
-- order: name
-- reads: none
-- parameters: none
select u.name
from (
    select t.typname::text as name
    from pg_type as t
    join pg_namespace as n on n.oid = t.typnamespace and n.nspname = 'margin'
    where t.typtype = 'd' and obj_description(t.oid, 'pg_type') is null
    union all
    select c.relname || coalesce('.' || a.attname, '')
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
    left join lateral (
        select null::name as attname, 0 as attnum
        union all
        select p.attname, p.attnum from pg_attribute as p
        where p.attrelid = c.oid and p.attnum > 0 and not p.attisdropped
    ) as a on true
    where c.relkind in ('r', 'p', 'v')
        and case when a.attnum = 0 then obj_description(c.oid, 'pg_class') else col_description(c.oid, a.attnum) end is null
) as u
order by u.name collate "C"
