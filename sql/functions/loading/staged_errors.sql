-- purpose: what is wrong with the staged rows: every cell that does not cast; then every key that stands twice or is
--     in the table already; then, once every cell casts, every row that breaks a rule of its table, with the columns
--     the rule wants and finds empty, or refers to a row that is not there.
-- after: 01-domains
create or replace function margin.staged_errors(target text, columns text[], header_lines bigint, correcting boolean)
    returns table (line bigint, column_name text, value text, reason text, message text) language plpgsql as $$
declare
    part record;
    is_versioned boolean := (select bool_or(c.is_versioned) from margin.input_column as c where c.table_name = target);
    input_columns text[] := (select array_agg(c.column_name) from margin.input_column as c where c.table_name = target);
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
            'select s.staged_line + $1, %1$L::text, coalesce(s.%1$I, ''''), coalesce(f.reason, ''missing_value''),
                coalesce(f.message, ''missing value'')
            from staged_row as s
            left join lateral margin.cell_fault(s.%1$I, %2$L) as f on s.%1$I is not null
            where (s.%1$I is null and %3$L::boolean) or f.reason is not null
            order by 1 limit 100', part.column_name, part.type_name, part.is_not_null and part.default_value is null)
            using header_lines;
        if found then
            rows_cast := false;
            keys_cast := keys_cast and not part.column_name = any (key_columns);
        end if;
    end loop;
    if keys_cast then
        return query execute format(
            'select k.staged_line + $1, %1$L::text, k.key_text, ''stands_twice''::text,
                ''the same key stands on line '' || (k.first_line + $1)
            from (select t.*, min(t.staged_line) over (partition by %4$s) as first_line
                from (select s.staged_line, %2$s as key_text, %3$s from staged_row as s) as t) as k
            where k.staged_line > k.first_line order by 1 limit 100',
            key_names, key_text, typed_key, (select string_agg(format('t.%I', k), ', ') from unnest(key_columns) as k))
            using header_lines;
        if not (correcting and is_versioned) then
            return query execute format(
                'select k.staged_line + $1, %1$L::text, k.key_text, ''already_loaded''::text, %2$L::text
                from (select s.staged_line, %3$s as key_text, %4$s from staged_row as s) as k
                where exists (select from margin.%5$I as t where %6$s) order by 1 limit 100',
                key_names,
                case when 'parameter_set' = any (key_columns)
                    then 'already loaded; a parameter set is never changed: load a new one'
                    else 'already loaded; to change it, load it as a correction with a reason' end,
                key_text, typed_key, target,
                (select string_agg(format('t.%1$I = k.%1$I', k), ' and ') from unnest(key_columns) as k))
                using header_lines;
        end if;
    end if;
    if not rows_cast then
        return;
    end if;
    -- A column that is not of the file, the revision of the row referred to, is that of a row as first loaded: 1.
    for part in
        select r.contype, r.confrelid::regclass as referred, r.names,
            case when r.contype = 'f' then null
                when r.conname !~ '_check[0-9]*$' then margin.rule_in_words(r.conname)
                -- A closed set of words: those it takes.
                when pg_get_expr(r.conbin, r.conrelid) ~ '^[(][a-z_]+ = ANY [(]ARRAY[[][^()]*[]][)][)]$'
                    then 'must be one of: ' || regexp_replace(
                        substring(pg_get_expr(r.conbin, r.conrelid) from 'ARRAY[[](.*)[]]'), '''([^'']*)''::text', '\1', 'g')
                else 'must satisfy: ' || margin.check_in_words(pg_get_expr(r.conbin, r.conrelid)) end as rule,
            (select string_agg(format('case when coalesce(t.%1$I::text, '''') = '''' then %1$L end', n), ', ' order by o)
                from unnest(margin.columns_wanted(r.conname)) with ordinality as u (n, o)) as empty_ones,
            pg_get_expr(r.conbin, r.conrelid) as expression,
            (select string_agg(format('coalesce(t.%I::text, '''')', n), ' || '', '' || ' order by o)
                from unnest(r.names) with ordinality as u (n, o) where n = any (input_columns)) as shown,
            (select string_agg(format('r.%I = %s', f.attname,
                    case when n = any (input_columns) then format('t.%I', n) else '1' end), ' and ')
                from unnest(r.names, r.confkey) as u (n, k)
                join pg_attribute as f on f.attrelid = r.confrelid and f.attnum = k) as reference
        from (
            select c.*, array(select a.attname::text from unnest(c.conkey) with ordinality as u (k, o)
                join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k order by o) as names
            from pg_constraint as c
            where c.conrelid = format('margin.%I', target)::regclass and c.contype in ('c', 'f')
        ) as r
        where r.names <@ input_columns or r.contype = 'f' and 'parent_revision' = any (r.names)
        order by r.conname
    loop
        return query execute format(
            'select t.staged_line + $1, %1$L::text, %2$s, %3$L::text, %4$L || %7$s
            from (select s.staged_line, %5$s from staged_row as s) as t where %6$s order by 1 limit 100',
            (select string_agg(n, ', ' order by o) from unnest(part.names) with ordinality as u (n, o)
                where n = any (input_columns)),
            part.shown,
            case part.contype when 'c' then 'breaks_a_rule' else 'unknown_reference' end,
            case part.contype when 'c' then part.rule else 'there is no such row in ' || part.referred end,
            typed_row,
            case part.contype when 'c' then format('(%s) is false', part.expression)
                else format('not exists (select from %s as r where %s)', part.referred, part.reference) end,
            case when part.empty_ones is null then quote_literal('')
                else format('coalesce(''; empty here: '' || nullif(concat_ws('', '', %s), ''''), '''')', part.empty_ones) end)
            using header_lines;
    end loop;
end
$$;
