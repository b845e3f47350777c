-- purpose: one spelling of dates, numbers and flags where a server reads `27-Dec-25` and `today` too; refusals say what is wanted.

-- The base type of a type or domain: `date` of itself, `numeric` of margin.positive; null for a type that is not there.
create function margin.base_type(type_name text) returns text language plpgsql stable as $$
declare
    found_type oid := to_regtype(type_name);
    base oid;
begin
    loop
        select t.typbasetype into base from pg_type as t where t.oid = found_type;
        exit when base is null or base = 0;
        found_type := base;
    end loop;
    return (select t.typname::text from pg_type as t where t.oid = found_type);
end
$$;

-- How a cell of a base type is written; null where the type itself says.
create function margin.spelling(base_type text) returns text language sql immutable parallel safe as $$
    select case
        when base_type = 'date' then '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        when base_type = 'bool' then '^(true|false)$'
        when base_type in ('int2', 'int4', 'int8') then '^-?[0-9]+$'
        when base_type in ('numeric', 'float4', 'float8') then '^-?[0-9]+(\.[0-9]+)?$'
        when base_type in ('timestamptz', 'timestamp')
            then '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$'
    end
$$;

-- Whether any staged cell is written otherwise than its type is here, though the server might read it: asked before anything is
-- cast. One pass over the rows; of dates, which are few, only the distinct ones are looked at.
create function margin.has_misspelt_cell(target text, columns text[]) returns boolean language plpgsql as $$
declare
    part record;
    found_one boolean;
    rules text[] := '{}';
begin
    for part in
        select c.column_name, margin.base_type(c.type_name) as base_type
        from margin.input_column as c
        where c.table_name = target and c.column_name = any (columns)
        order by c.position
    loop
        continue when margin.spelling(part.base_type) is null;
        if part.base_type = 'date' then
            execute format('select exists (select from (select distinct s.%I as cell from staged_row as s) as d
                where d.cell !~ %L)', part.column_name, margin.spelling(part.base_type)) into found_one;
            if found_one then
                return true;
            end if;
        else
            rules := rules || format('s.%I !~ %L', part.column_name, margin.spelling(part.base_type));
        end if;
    end loop;
    if rules = '{}' then
        return false;
    end if;
    execute format('select exists (select from staged_row as s where %s)', array_to_string(rules, ' or ')) into found_one;
    return found_one;
end
$$;

-- A constraint's name read as a sentence, with what it asks for where its name does not say.
create function margin.rule_in_words(rule text) returns text language sql immutable parallel safe as $$
    select 'must satisfy: ' || replace(rule, '_', ' ') || coalesce(': ' || case rule
        when 'code_is_plain' then 'letters, digits and . _ : + -, at most 64, a letter or digit first'
        when 'owner_code_is_plain' then 'letters, digits and . _ : + -, at most 64, a letter or digit first'
        when 'member_code_is_a_file_name' then 'letters, digits, _ and -, at most 24, a letter or digit first'
        when 'currency_code_is_iso' then 'three capital letters, as EUR'
        when 'contract_month_is_year_and_month' then 'as 2019-02'
        when 'label_is_one_clean_line' then 'at most 200 characters, no line end or other control character'
        when 'cycle_is_known' then 'EOD or ITD'
        when 'exact_stays_within_bounds' then 'below 1e15, at most 12 decimals'
    end, '')
$$;

-- The columns a rule of a row may find empty though it wants them: a refusal names those that are.
create function margin.columns_wanted(rule text) returns text[] language sql immutable parallel safe as $$
    select case rule
        when 'option_has_its_terms'
            then '{option_model,exercise,option_style,volatility_source,discount_rate_code}'::text[]
        when 'future_has_its_terms' then '{future_valuation}'
        when 'cost_of_carry_has_a_rate' then '{discount_rate_code}'
        when 'generalised_model_has_a_carry' then '{carry_rate_code}'
        when 'average_price_options_have_a_carry' then '{carry_rate_code}'
        when 'lattice_has_its_steps' then '{american_method,lattice_steps}'
        when 'option_series_has_its_terms' then '{option_right,strike,underlying,expiry_date}'
        when 'leg_is_a_tier_or_a_month' then '{tier,contract_month}'
        when 'class_limit_names_a_class' then '{asset_class}'
        when 'correlation_break_is_whole_or_not_there' then '{break_window,break_kappa,break_lower,break_upper}'
        else '{}' end
$$;

-- What is wrong with one cell as a reason and in words, or nulls if it casts and is written as it should be. The subtransaction
-- makes it slow: only for a load that has failed.
create or replace function margin.cell_fault(value text, type_name text, out reason text, out message text)
    language plpgsql stable as $$
declare
    violated text;
    said text;
    base_name text := margin.base_type(type_name);
begin
    execute format('select ($1)::%s', type_name) using value;
    if value !~ margin.spelling(base_name) then
        reason := case
            when base_name = 'date' then 'not_a_date'
            when base_name = 'bool' then 'not_a_flag'
            when base_name in ('int2', 'int4', 'int8') then 'not_a_whole_number'
            when base_name in ('numeric', 'float4', 'float8') then 'not_a_number'
            else 'refused_by_the_database' end;
        message := case reason
            when 'not_a_date' then 'is not a date, as 2018-12-31'
            when 'not_a_flag' then 'is not a flag: true or false'
            when 'not_a_whole_number' then 'is not written as a whole number: digits alone, as 1250'
            when 'not_a_number' then 'is not written as a number: digits with a point for the decimals, as 1250.75'
            else 'is not a time, as 2018-12-31T17:30:00Z' end;
    end if;
exception
    when check_violation then
        get stacked diagnostics violated = constraint_name;
        reason := case when violated ~ '(finite|bounds|negative|above_zero|between)' then 'out_of_range' else 'breaks_a_rule' end;
        message := margin.rule_in_words(violated);
    when others then
        get stacked diagnostics said = message_text;
        reason := case
            when sqlstate = '22003' then 'out_of_range'
            when base_name = 'date' then 'not_a_date'
            when base_name = 'bool' then 'not_a_flag'
            when base_name in ('int2', 'int4', 'int8') then 'not_a_whole_number'
            when base_name in ('numeric', 'float4', 'float8') then 'not_a_number'
            else 'refused_by_the_database' end;
        message := case reason
            when 'out_of_range' then 'is out of range: ' || case base_name
                when 'int2' then 'whole numbers here go from -32768 to 32767'
                when 'int4' then 'whole numbers here go from -2147483648 to 2147483647'
                when 'int8' then 'whole numbers here go from -9223372036854775808 to 9223372036854775807'
                else 'it is too large' end
            when 'not_a_date' then case when sqlstate = '22008' and value ~ margin.spelling(base_name)
                then 'is not a day of the calendar, as 2018-12-31' else 'is not a date, as 2018-12-31' end
            when 'not_a_flag' then 'is not a flag: true or false'
            when 'not_a_whole_number' then 'is not a whole number'
            when 'not_a_number' then 'is not a number: digits with a point for the decimals'
            else said end;
end
$$;

-- What is wrong with the staged rows: every cell that does not cast; then every key that stands twice or is in the table
-- already; then, once every cell casts, every row that breaks a rule of its table, with the columns the rule wants and finds
-- empty, or refers to a row that is not there.
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
                else 'must satisfy: ' || pg_get_expr(r.conbin, r.conrelid) end as rule,
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
