-- purpose: moves the staged rows into the table as load `load`; a row whose key is there already is a correction when
--     asked for.
-- after: 01-domains
create or replace function margin.insert_staged(target text, columns text[], load bigint, header_lines bigint, correcting boolean)
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
