-- purpose: keep the refused rows of refused files, each with a reason of a closed set, said in the words of the desk.

create table margin.rejected_row (
    rejection bigint not null,
    number integer not null check (number > 0),
    table_name text not null,
    source text not null,
    source_sha256 bytea,
    source_line bigint,
    column_name text not null,
    value text not null,
    reason text not null,
    message text not null,
    rejected_by text not null default session_user,
    rejected_at timestamptz not null default clock_timestamp(),
    primary key (rejection, number),
    constraint reason_is_of_the_closed_set check (reason in (
        'malformed_file', 'unknown_column', 'missing_column', 'missing_value', 'not_a_number', 'not_a_whole_number',
        'not_a_date', 'not_a_flag', 'out_of_range', 'breaks_a_rule', 'stands_twice', 'already_loaded', 'no_such_row',
        'changes_nothing', 'not_a_business_day', 'unknown_reference', 'parameter_rule', 'refused_by_the_database'))
);
create sequence margin.rejection owned by margin.rejected_row.rejection;

create function margin.sign_rejection() returns trigger language plpgsql as $$
begin
    new.rejected_by := session_user;
    new.rejected_at := clock_timestamp();
    return new;
end
$$;
create trigger rejected_row_is_signed before insert on margin.rejected_row
    for each row execute function margin.sign_rejection();
create trigger rejected_row_is_insert_only before update or delete or truncate on margin.rejected_row
    for each statement execute function margin.refuse_change();

-- What is wrong with one cell as a reason and in words, or nulls if it casts. The subtransaction makes it slow: only for a
-- load that has failed.
drop function margin.cell_error(text, text);
create function margin.cell_fault(value text, type_name text, out reason text, out message text) language plpgsql stable as $$
declare
    violated text;
    said text;
    base_name text;
begin
    execute format('select ($1)::%s', type_name) using value;
exception
    when check_violation then
        get stacked diagnostics violated = constraint_name;
        reason := case when violated ~ '(finite|bounds|negative|above_zero|between)' then 'out_of_range' else 'breaks_a_rule' end;
        message := 'must satisfy: ' || replace(violated, '_', ' ');
    when others then
        get stacked diagnostics said = message_text;
        with recursive type_of as (
            select t.oid, t.typbasetype, t.typcategory, t.typname::text as typname
            from pg_type as t
            where t.oid = to_regtype(type_name)
            union all
            select t.oid, t.typbasetype, t.typcategory, t.typname::text
            from type_of as o
            join pg_type as t on t.oid = o.typbasetype
        )
        select o.typname into base_name from type_of as o where o.typbasetype = 0;
        reason := case
            when sqlstate = '22003' then 'out_of_range'
            when base_name = 'date' then 'not_a_date'
            when base_name = 'bool' then 'not_a_flag'
            when base_name in ('int2', 'int4', 'int8') then 'not_a_whole_number'
            when base_name in ('numeric', 'float8') then 'not_a_number'
            else 'refused_by_the_database' end;
        message := case reason
            when 'out_of_range' then 'is out of range: ' || case base_name
                when 'int2' then 'whole numbers here go from -32768 to 32767'
                when 'int4' then 'whole numbers here go from -2147483648 to 2147483647'
                when 'int8' then 'whole numbers here go from -9223372036854775808 to 9223372036854775807'
                else 'it is too large' end
            when 'not_a_date' then case when sqlstate = '22008' then 'is not a day of the calendar, as 2018-12-31'
                else 'is not a date, as 2018-12-31' end
            when 'not_a_flag' then 'is not a flag: true or false'
            when 'not_a_whole_number' then 'is not a whole number'
            when 'not_a_number' then 'is not a number: digits with a point for the decimals'
            else said end;
end
$$;

-- What is wrong with the staged rows: every cell that does not cast; then every key that stands twice or is in the table
-- already; then, once every cell casts, every row that breaks a rule of its table or refers to a row that is not there.
drop function margin.staged_errors(text, text[], bigint, boolean);
create function margin.staged_errors(target text, columns text[], header_lines bigint, correcting boolean)
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
            case when r.conname ~ '_check[0-9]*$' then pg_get_expr(r.conbin, r.conrelid)
                else replace(r.conname, '_', ' ') end as rule,
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
            'select t.staged_line + $1, %1$L::text, %2$s, %3$L::text, %4$L::text
            from (select s.staged_line, %5$s from staged_row as s) as t where %6$s order by 1 limit 100',
            (select string_agg(n, ', ' order by o) from unnest(part.names) with ordinality as u (n, o)
                where n = any (input_columns)),
            part.shown,
            case part.contype when 'c' then 'breaks_a_rule' else 'unknown_reference' end,
            case part.contype when 'c' then 'must satisfy: ' || part.rule else 'there is no such row in ' || part.referred end,
            typed_row,
            case part.contype when 'c' then format('(%s) is false', part.expression)
                else format('not exists (select from %s as r where %s)', part.referred, part.reference) end)
            using header_lines;
    end loop;
end
$$;

comment on table margin.rejected_row is
    'What was wrong with the files that were refused; of such a file nothing is loaded. Grain: one row a refused file and fault.';
comment on column margin.rejected_row.rejection is 'Number of the refusal, rising; faults of one attempt share it.';
comment on column margin.rejected_row.number is 'Number of the fault in the refusal, 1 or more.';
comment on column margin.rejected_row.table_name is 'Table the file was for.';
comment on column margin.rejected_row.source is 'File, or the command that gave the row.';
comment on column margin.rejected_row.source_sha256 is 'SHA-256 of the file; null where there is no file.';
comment on column margin.rejected_row.source_line is 'Line of the file, the first being 1; null where there is none.';
comment on column margin.rejected_row.column_name is 'Column or columns at fault; empty for the row as a whole.';
comment on column margin.rejected_row.value is 'What stood there.';
comment on column margin.rejected_row.reason is 'Why it was refused, of a closed set (docs/operations.md).';
comment on column margin.rejected_row.message is 'The fault in words.';
comment on column margin.rejected_row.rejected_by is 'Who tried to load it: the login of the session.';
comment on column margin.rejected_row.rejected_at is 'When.';
