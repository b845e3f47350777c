-- purpose: name the line, columns and values of every refused row: keys with empty parts, rules of a row, references.

-- What is wrong with the staged rows: every cell that does not cast; then every key that stands twice or is in the table
-- already; then, once every cell casts, every row that breaks a rule of its table or refers to a row that is not there.
drop function margin.staged_errors(text, text[], bigint);
create function margin.staged_errors(target text, columns text[], header_lines bigint, correcting boolean)
    returns table (line bigint, column_name text, value text, reason text) language plpgsql as $$
declare
    part record;
    is_versioned boolean := (select bool_or(c.is_versioned) from margin.input_column as c where c.table_name = target);
    key_columns text[] := (select array_agg(c.column_name order by c.position) from margin.input_column as c
        where c.table_name = target and c.is_key and c.column_name <> 'revision');
    key_names text := array_to_string(key_columns, ', ');
    -- As the operator wrote it, the columns the file leaves out left out.
    key_text text := (select string_agg(format('coalesce(s.%I, '''')', k), ' || '', '' || ' order by o)
        from unnest(key_columns) with ordinality as u (k, o) where k = any (columns));
    -- The staged row as the table would take it; only where its cells cast.
    typed_key text := (select string_agg(margin.staged_cell(c.column_name, c.type_name, c.default_value,
            c.column_name = any (columns)), ', ' order by c.position)
        from margin.input_column as c where c.table_name = target and c.column_name = any (key_columns));
    typed_row text := (select string_agg(margin.staged_cell(c.column_name, c.type_name, c.default_value,
            c.column_name = any (columns)), ', ' order by c.position)
        from margin.input_column as c where c.table_name = target and c.column_name <> 'revision');
    keys_cast boolean := true;
    rows_cast boolean := true;
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
        if found then
            rows_cast := false;
            keys_cast := keys_cast and not part.column_name = any (key_columns);
        end if;
    end loop;
    if keys_cast then
        return query execute format(
            'select k.staged_line + $1, %1$L::text, k.key_text, ''the same key stands on line '' || (k.first_line + $1)
            from (select t.*, min(t.staged_line) over (partition by %4$s) as first_line
                from (select s.staged_line, %2$s as key_text, %3$s from staged_row as s) as t) as k
            where k.staged_line > k.first_line order by 1 limit 100',
            key_names, key_text, typed_key, (select string_agg(format('t.%I', k), ', ') from unnest(key_columns) as k))
            using header_lines;
        if not (correcting and is_versioned) then
            return query execute format(
                'select k.staged_line + $1, %1$L::text, k.key_text, %2$L::text
                from (select s.staged_line, %3$s as key_text, %4$s from staged_row as s) as k
                where exists (select from margin.%5$I as t where %6$s) order by 1 limit 100',
                key_names,
                case when is_versioned then 'already loaded; to change it, load it as a correction with a reason'
                    else 'already loaded; a parameter set is never changed: load a new one' end,
                key_text, typed_key, target,
                (select string_agg(format('t.%1$I = k.%1$I', k), ' and ') from unnest(key_columns) as k))
                using header_lines;
        end if;
    end if;
    if not rows_cast then
        return;
    end if;
    for part in
        select r.contype, r.confrelid::regclass as referred, r.names,
            case when r.conname ~ '_check[0-9]*$' then pg_get_expr(r.conbin, r.conrelid)
                else replace(r.conname, '_', ' ') end as rule,
            pg_get_expr(r.conbin, r.conrelid) as expression,
            (select string_agg(format('coalesce(t.%I::text, '''')', n), ' || '', '' || ' order by o)
                from unnest(r.names) with ordinality as u (n, o)) as shown,
            (select string_agg(format('r.%I = t.%I', f.attname, n), ' and ') from unnest(r.names, r.confkey) as u (n, k)
                join pg_attribute as f on f.attrelid = r.confrelid and f.attnum = k) as reference
        from (
            select c.*, array(select a.attname::text from unnest(c.conkey) with ordinality as u (k, o)
                join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k order by o) as names
            from pg_constraint as c
            where c.conrelid = format('margin.%I', target)::regclass and c.contype in ('c', 'f')
        ) as r
        where r.names <@ (select array_agg(c.column_name) from margin.input_column as c where c.table_name = target)
        order by r.conname
    loop
        return query execute format(
            'select t.staged_line + $1, %1$L::text, %2$s, %3$L::text
            from (select s.staged_line, %4$s from staged_row as s) as t where %5$s order by 1 limit 100',
            array_to_string(part.names, ', '), part.shown,
            case part.contype when 'c' then 'must satisfy: ' || part.rule else 'there is no such row in ' || part.referred end,
            typed_row,
            case part.contype when 'c' then format('(%s) is false', part.expression)
                else format('not exists (select from %s as r where %s)', part.referred, part.reference) end)
            using header_lines;
    end loop;
end
$$;

-- The SQL of one cell of `staged_row as s` as its table would take it.
create function margin.staged_cell(column_name text, type_name text, default_value text, is_in_file boolean)
    returns text language sql immutable as $$
    select case
        when not is_in_file then format('(%s)::%s as %I', coalesce(default_value, 'null'), type_name, column_name)
        when default_value is null then format('s.%1$I::%2$s as %1$I', column_name, type_name)
        else format('coalesce(s.%1$I::%2$s, %3$s) as %1$I', column_name, type_name, default_value) end
$$;
