-- purpose: the one way to correct rows: completes each from the row in force, refuses what a load would refuse, what
--     is not there and what changes nothing, and inserts what is left as a new revision. Returns the faults, each
--     with its line, and inserts nothing then; else one row with the load and, as its line, how many rows were as
--     they should be already.
-- after: 01-domains
create or replace function margin.correct(
    target text, columns text[], changes jsonb, given_source text, given_sha256 bytea, given_reason text,
    header_lines bigint, adding boolean, withdrawing boolean, first_date date, last_date date
) returns table (load_id bigint, line bigint, column_name text, value text, reason text, message text)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    part record;
    is_parameter boolean := first_date is not null;
    key_columns text[] := (select array_agg(c.column_name order by c.position) from margin.input_column as c
        where c.table_name = target and c.is_key);
    input_columns text[] := (select array_agg(c.column_name order by c.position) from margin.input_column as c
        where c.table_name = target);
    key_names text := array_to_string(key_columns, ', ');
    key_text text := (select string_agg(format('coalesce(s.%I, (%s)::text, '''')', c.column_name,
            coalesce(c.default_value, 'null')), ' || '', '' || ' order by c.position)
        from margin.input_column as c where c.table_name = target and c.is_key);
    typed_key text := (select string_agg(margin.staged_cell(c.column_name, c.type_name, c.default_value, true), ', '
            order by c.position)
        from margin.input_column as c where c.table_name = target and c.is_key);
    typed_row text := (select string_agg(margin.staged_cell(c.column_name, c.type_name, c.default_value, true), ', '
            order by c.position)
        from margin.input_column as c where c.table_name = target);
    same_key text := (select string_agg(format('t.%1$I = k.%1$I', c), ' and ') from unnest(key_columns) as c);
    -- The rows in force: those any run would see that started now, of parameters those of the first date.
    in_force text := format('margin.%I(9223372036854775807%s)', target || '_as_of',
        case when is_parameter then format(', %L::date', first_date) else '' end);
    kept text := (select string_agg(format('%1$I = t.%1$I::text', c.column_name), ', ') from margin.input_column as c
        where c.table_name = target and not c.is_key and not c.column_name = any (columns));
    column_list text := (select string_agg(format('%I', c), ', ' order by o)
        from unnest(input_columns) with ordinality as u (c, o));
    faults bigint := 0;
    found_here bigint;
    unchanged bigint := 0;
    left_over bigint;
    new_load bigint;
begin
    if input_columns is null or target = 'parameter_set' or is_parameter <> ('parameter_set' = any (input_columns)) then
        raise exception 'rows of % are not corrected', target using errcode = '23514';
    end if;
    lock table margin.input_load in share row exclusive mode;
    perform margin.create_staging(input_columns);
    alter table staged_row add column is_there boolean not null default false;
    execute format('insert into staged_row (staged_line, %s) overriding system value
        select (c.cells ->> ''staged_line'')::bigint, %s from jsonb_array_elements($1) as c (cells)',
        (select string_agg(format('%I', c), ', ' order by o) from unnest(columns) with ordinality as u (c, o)),
        (select string_agg(format('c.cells ->> %L', c), ', ' order by o) from unnest(columns) with ordinality as u (c, o)))
        using changes;

    for part in select c.column_name, c.type_name, c.is_key and c.default_value is null as is_needed
        from margin.input_column as c
        where c.table_name = target and (c.is_key or c.column_name = any (columns)) order by c.position
    loop
        return query execute format(
            'select null::bigint, s.staged_line + $1, %1$L::text, coalesce(s.%1$I, ''''),
                coalesce(f.reason, ''missing_value''), coalesce(f.message, ''missing value'')
            from staged_row as s
            left join lateral margin.cell_fault(s.%1$I, %2$L) as f on s.%1$I is not null
            where (s.%1$I is null and %3$L::boolean) or f.reason is not null
            order by s.staged_line limit 100', part.column_name, part.type_name, part.is_needed) using header_lines;
        get diagnostics found_here = row_count;
        faults := faults + found_here;
    end loop;
    if faults > 0 then
        drop table staged_row;
        return;
    end if;

    execute format('update staged_row as g set %sis_there = true
        from (select s.staged_line, %s from staged_row as s) as k join %s as t on %s where k.staged_line = g.staged_line',
        coalesce(kept || ', ', ''), typed_key, in_force, same_key);
    if not adding then
        return query execute format(
            'select null::bigint, s.staged_line + $1, %L::text, %s, ''no_such_row''::text,
                ''there is no such row in force''::text
            from staged_row as s where not s.is_there order by s.staged_line limit 100', key_names, key_text)
            using header_lines;
        get diagnostics found_here = row_count;
        faults := faults + found_here;
    end if;
    if faults = 0 then
        return query select null::bigint, e.line, e.column_name, e.value, e.reason, e.message
            from margin.staged_errors(target, input_columns, header_lines, true) as e
            order by e.line, e.column_name limit 100;
        get diagnostics found_here = row_count;
        faults := faults + found_here;
    end if;
    if faults = 0 and (is_parameter or 'business_date' = any (input_columns)) then
        return query execute format(
            'select null::bigint, s.staged_line + $1, %1$L::text, d.day::text, ''not_a_business_day''::text,
                case when c.calendar_date is null then ''the calendar does not have this day''
                    else ''the clearing house is closed on this day''
                        || case when c.description <> '''' then '': '' || c.description else '''' end end
            from staged_row as s
            cross join lateral (select %2$s as day) as d
            left join margin.calendar_date_as_of(9223372036854775807) as c on c.calendar_date = d.day
            where c.is_business_day is not true order by s.staged_line limit 100',
            case when is_parameter then 'valid_from' else 'business_date' end,
            case when is_parameter then format('%L::date', first_date) else 's.business_date::date' end)
            using header_lines;
        get diagnostics found_here = row_count;
        faults := faults + found_here;
    end if;
    if faults > 0 then
        drop table staged_row;
        return;
    end if;

    if not withdrawing then
        execute format('delete from staged_row as g using (select s.staged_line, %s from staged_row as s) as k, %s as t
            where k.staged_line = g.staged_line and g.is_there and %s and %s', typed_row, in_force, same_key,
            (select string_agg(format('k.%1$I is not distinct from t.%1$I', c), ' and ') from unnest(input_columns) as c));
        get diagnostics unchanged = row_count;
    end if;
    select count(*) into left_over from staged_row;
    if left_over = 0 then
        drop table staged_row;
        return query select null::bigint, null::bigint, ''::text, ''::text, 'changes_nothing'::text,
            'the correction changes nothing: every row in force says so already'::text;
        return;
    end if;

    if not is_parameter and 'business_date' = any (input_columns) then
        perform margin.make_months(target, array(select distinct s.business_date::date from staged_row as s));
    end if;
    insert into margin.input_load (table_name, kind, source, source_sha256, row_count, reason)
    values (target, 'correction', given_source, given_sha256, left_over, given_reason)
    returning input_load.load_id into new_load;
    execute format('insert into margin.%I (%s, load_id, source_line, revision, %s)
        select %s, $1, k.staged_line + $2, 1 + greatest(1, (select max(t.revision) from margin.%I as t where %s)), %s
        from (select s.staged_line, %s from staged_row as s) as k',
        target, column_list, case when is_parameter then 'valid_from, expires_on' else 'withdrawn' end,
        (select string_agg(format('k.%I', c), ', ' order by o) from unnest(input_columns) with ordinality as u (c, o)),
        target, same_key, case when is_parameter then '$3, $4' else '$5' end, typed_row)
        using new_load, header_lines, first_date, last_date, withdrawing;
    if is_parameter then
        insert into margin.input_load_date (load_id, business_date, row_count)
        select new_load, d.day::date, left_over from generate_series(first_date, last_date, interval '1 day') as d (day);
        insert into margin.input_load_parameter_set (load_id, parameter_set)
        select new_load, r.parameter_set from margin.corrected_row as r
        where r.load_id = new_load group by r.parameter_set;
    else
        insert into margin.input_load_date (load_id, business_date, row_count)
        select new_load, r.business_date, count(*) from margin.corrected_row as r
        where r.load_id = new_load and r.business_date is not null group by r.business_date;
    end if;
    drop table staged_row;
    return query select new_load, unchanged, ''::text, ''::text, ''::text, ''::text;
end
$$;
revoke execute on function margin.correct from public;
