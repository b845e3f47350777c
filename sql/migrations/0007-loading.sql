-- purpose: bringing a house's own data in: staged as text, cast by the tables' own domains, every bad cell named.

-- The columns a CSV of an input table may bring, with the part each plays.
create view margin.input_column with (security_invoker = true) as
select c.relname::text as table_name, a.attname::text as column_name, a.attnum::integer as position,
    format_type(a.atttypid, a.atttypmod) as type_name, a.attnotnull as is_not_null,
    pg_get_expr(d.adbin, d.adrelid) as default_value,
    coalesce(a.attnum = any (i.indkey), false) as is_key,
    exists (select from pg_attribute as r where r.attrelid = c.oid and r.attname = 'revision') as is_versioned
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_index as i on i.indrelid = c.oid and i.indisprimary
left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind = 'r' and c.relname not in ('input_load', 'input_load_date', 'input_load_parameter_set')
    and exists (select from pg_attribute as l where l.attrelid = c.oid and l.attname = 'load_id')
    and a.attname not in ('withdrawn', 'revision', 'load_id', 'source_line');

-- What is wrong with one cell, or null if it casts. The subtransaction makes it slow: only for a load that has failed.
create function margin.cell_error(value text, type_name text) returns text language plpgsql stable as $$
declare
    violated text;
    said text;
begin
    execute format('select ($1)::%s', type_name) using value;
    return null;
exception
    when check_violation then
        get stacked diagnostics violated = constraint_name;
        return 'must satisfy: ' || replace(violated, '_', ' ');
    when others then
        get stacked diagnostics said = message_text;
        return said;
end
$$;

create function margin.create_staging(columns text[]) returns void language plpgsql as $$
begin
    execute 'create temporary table staged_row (staged_line bigint generated always as identity, '
        || (select string_agg(format('%I text', c), ', ') from unnest(columns) as c) || ') on commit drop';
end
$$;

-- Moves the staged rows into the table as load `load`; a row whose key is there already is a correction when asked for.
create function margin.insert_staged(target text, columns text[], load bigint, header_lines bigint, correcting boolean)
    returns bigint language plpgsql as $$
declare
    is_versioned boolean := (select bool_or(c.is_versioned) from margin.input_column as c where c.table_name = target);
    moved bigint;
    keys text := (select string_agg(format('t.%I = %s', c.column_name,
        case when c.column_name = any (columns) then format('k.%I', c.column_name) else c.default_value end), ' and ') from margin.input_column as c
        where c.table_name = target and c.is_key and c.column_name <> 'revision');
begin
    execute format(
        'insert into margin.%1$I (%2$s, load_id%3$s) select %4$s, $1%5$s from (select %6$s, s.staged_line from staged_row as s) as k',
        target,
        (select string_agg(format('%I', c), ', ' order by o) from unnest(columns) with ordinality as u (c, o)),
        case when is_versioned then ', source_line, revision' else '' end,
        (select string_agg(format('k.%I', c), ', ' order by o) from unnest(columns) with ordinality as u (c, o)),
        case when not is_versioned then ''
            when correcting then format(', k.staged_line + $2, 1 + coalesce((select max(t.revision) from margin.%I as t
                where %s), 0)', target, keys)
            else ', k.staged_line + $2, 1' end,
        (select string_agg(
            case when i.default_value is null then format('s.%I::%s as %1$I', c, i.type_name)
                else format('coalesce(s.%I::%s, %s) as %1$I', c, i.type_name, i.default_value) end, ', ' order by o)
            from unnest(columns) with ordinality as u (c, o)
            join margin.input_column as i on i.table_name = target and i.column_name = c))
        using load, header_lines;
    get diagnostics moved = row_count;
    return moved;
end
$$;

-- Every cell of the staged rows that does not cast, then every key that stands twice or is in the table already.
create function margin.staged_errors(target text, columns text[], header_lines bigint)
    returns table (line bigint, column_name text, value text, reason text) language plpgsql as $$
declare
    part record;
    key_columns text[] := (select array_agg(c.column_name order by c.position) from margin.input_column as c
        where c.table_name = target and c.is_key);
    key_text text := (select string_agg(format('s.%I', k), ' || '', '' || ') from unnest(key_columns) as k
        where k = any (columns));
begin
    for part in select c.column_name, c.type_name, c.is_not_null, c.default_value from margin.input_column as c
        where c.table_name = target and c.column_name = any (columns) order by c.position
    loop
        return query execute format(
            'select s.staged_line + $1, %1$L::text, coalesce(s.%1$I, ''''),
                case when s.%1$I is null then ''missing value'' else margin.cell_error(s.%1$I, %2$L) end
            from staged_row as s
            where (s.%1$I is null and %3$L::boolean) or (s.%1$I is not null and margin.cell_error(s.%1$I, %2$L) is not null)
            order by 1 limit 100', part.column_name, part.type_name, part.is_not_null and part.default_value is null)
            using header_lines;
    end loop;
    return query execute format(
        'select s.staged_line + $1, %2$L::text, %1$s, ''the same key stands on line '' || (s.first_line + $1)
        from (select s.*, min(s.staged_line) over (partition by %1$s) as first_line from staged_row as s) as s
        where s.staged_line > s.first_line order by 1 limit 100', key_text, array_to_string(key_columns, ', '))
        using header_lines;
    return query execute format(
        'select s.staged_line + $1, %2$L::text, %1$s, ''already loaded; to change it, load it as a correction with a reason''
        from staged_row as s
        where exists (select from margin.%3$I as t where %4$s) order by 1 limit 100',
        key_text, array_to_string(key_columns, ', '), target,
        (select string_agg(format('t.%1$I::text = s.%1$I', k), ' and ') from unnest(key_columns) as k
            where k = any (columns))) using header_lines;
end
$$;
