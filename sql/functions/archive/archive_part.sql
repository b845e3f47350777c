-- purpose: what is archived: inputs that have a business date, and what runs wrote. The register of runs stays, so
--     that no number is given twice, and so do the loads, the journal of corrections and what became of calls.
-- after: 01-domains
create or replace function margin.archive_part(runs_before date, inputs_before date)
    returns table (table_name text, is_input boolean, column_names text[], key_list text, condition text)
    language sql stable as $$
    select c.relname::text, k.is_input, k.column_names,
        (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', '
                order by u.o)
            from unnest(i.indkey::smallint[]) with ordinality as u (k, o)
            join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = u.k),
        case when k.is_input then format('t.business_date < %L::date', inputs_before)
            else format('t.run_id in (select r.run_id from margin.run as r where r.business_date < %L::date)', runs_before)
            end
    from pg_catalog.pg_class as c
    join pg_catalog.pg_index as i on i.indrelid = c.oid and i.indisprimary
    cross join lateral (
        select array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as column_names,
            bool_or(a.attname = 'business_date') and bool_or(a.attname = 'revision') as is_input,
            bool_or(a.attname = 'run_id') and c.relname not in ('run', 'run_reason', 'execution', 'run_input')
                as is_result
        from pg_catalog.pg_attribute as a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as k
    where c.relnamespace = 'margin'::regnamespace and c.relkind in ('r', 'p') and (k.is_input or k.is_result)
    order by c.relname collate "C"
$$;
