-- purpose: a proposed parameter set may have rows that its base has not and lack rows that it has; which overrides a set ends.

create index corrected_row_of_set on margin.corrected_row (parameter_set, expires_on) where parameter_set is not null;

-- The approved set that holds on the day before a set takes effect: the one it takes the place of. Null where there is none.
create function margin.replaced_set(which text, pin bigint) returns text language sql stable as $$
    select o.parameter_set::text
    from margin.parameter_set as s
    join margin.parameter_set as o on o.effective_from < s.effective_from
    where s.parameter_set = which and o.load_id <= pin and margin.is_approved(o.parameter_set, pin)
    order by o.effective_from desc
    limit 1
$$;
comment on function margin.replaced_set is 'The approved parameter set that holds on the day before a set takes effect.';

-- The overrides of a set that would still hold between two days, both included, and do not because another set is in force then:
-- each cell in which one differs from its set's own row, with what the other set says. Decision 0033.
create function margin.overrides_ended(from_set text, to_set text, first_day date, last_day date, pin bigint)
    returns table (load_id bigint, table_name text, row_key text, column_name text, before_value text, after_value text,
        valid_from date, expires_on date) language sql stable as $$
    with override as (
        select distinct on (l.table_name, r.parameter_set, r.row_key) l.table_name, r.parameter_set, r.load_id,
            substr(r.row_key, length(r.parameter_set) + 3) as row_key, r.cells, r.valid_from, r.expires_on
        from margin.corrected_row as r
        join margin.input_load as l on l.load_id = r.load_id
        where r.parameter_set in (from_set, to_set) and r.load_id <= pin and r.valid_from <= last_day
            and r.expires_on >= first_day
        order by l.table_name, r.parameter_set, r.row_key, r.load_id desc
    )
    select o.load_id, o.table_name, o.row_key, c.name, o.cells ->> c.name,
        coalesce(n.cells, a.cells) ->> c.name, o.valid_from, o.expires_on
    from override as o
    left join margin.parameter_row(from_set) as b on b.table_name = o.table_name and b.row_key = o.row_key
    left join margin.parameter_row(to_set) as a on a.table_name = o.table_name and a.row_key = o.row_key
    left join override as n on n.parameter_set = to_set and n.table_name = o.table_name and n.row_key = o.row_key
    cross join lateral jsonb_object_keys(o.cells) as c (name)
    where o.parameter_set = from_set and from_set <> to_set and o.cells ->> c.name is distinct from b.cells ->> c.name
        and not exists (select from margin.input_column as k
            where k.table_name = o.table_name and k.column_name = c.name and k.is_key)
$$;
comment on function margin.overrides_ended is
    'Overrides that end because another parameter set comes into force. Grain: one row an override, row and column.';

-- Proposes a parameter set that is another, as loaded, with some cells changed, rows added and rows left out:
-- [{"action": "set" | "add" | "remove", "table": …, "key": {…}, "set": {…}}, …]. Its author is the session's login; nobody uses it
-- before it is approved.
create or replace function margin.propose_parameter_set(proposed text, base text, from_date date, given_reason text, changes jsonb)
    returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    part record;
    change jsonb;
    new_load bigint;
    set_load bigint;
    row_count bigint;
    added bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('parameter_set', 'load', 'margin parameters propose', 1, given_reason) returning load_id into set_load;
    insert into margin.parameter_set (parameter_set, effective_from, author, approved_by, reason, rounding_table, load_id)
    select proposed, from_date, session_user, null, given_reason, s.rounding_table, set_load
    from margin.parameter_set as s
    where s.parameter_set = base;
    if not found then
        raise exception 'there is no parameter set %', base using errcode = '23514';
    end if;
    insert into margin.input_load_parameter_set (load_id, parameter_set) values (set_load, proposed);
    for change in select e.value from jsonb_array_elements(changes) as e (value)
    loop
        execute format('select count(*) from margin.%I as t where t.parameter_set = $1 and t.revision = 1
            and not exists (select from jsonb_each_text($2) as k where to_jsonb(t) ->> k.key is distinct from k.value)',
            change ->> 'table') into row_count using base, change -> 'key';
        if row_count = 0 and change ->> 'action' <> 'add' then
            raise exception '% of parameter set % has no row with %', change ->> 'table', base, change -> 'key'
                using errcode = '23514';
        end if;
        if row_count > 0 and change ->> 'action' = 'add' then
            raise exception '% of parameter set % has a row with % already', change ->> 'table', base, change -> 'key'
                using errcode = '23514', hint = 'change it: write set instead of add';
        end if;
    end loop;
    -- Parents before their children.
    for part in
        select c.table_name,
            string_agg(format('%I', c.column_name), ', ' order by c.position)
                filter (where c.column_name <> 'parameter_set') as column_list,
            string_agg(format('(x.r).%I', c.column_name), ', ' order by c.position)
                filter (where c.column_name <> 'parameter_set') as changed_list,
            string_agg(case when c.default_value is null then format('(x.r).%I', c.column_name)
                else format('coalesce((x.r).%I, %s)', c.column_name, c.default_value) end, ', ' order by c.position)
                filter (where c.column_name <> 'parameter_set') as added_list
        from margin.input_column as c
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set') and c.table_name <> 'parameter_set'
        order by c.table_name not in ('intra_spread', 'inter_spread', 'liquidity_group'), c.table_name collate "C"
    loop
        execute format('select count(*) from margin.%1$I as t where t.parameter_set = $1 and t.revision = 1 and not exists (
                select from jsonb_array_elements($2) as e (value)
                where e.value ->> ''table'' = %1$L and e.value ->> ''action'' = ''remove'' and not exists (
                    select from jsonb_each_text(e.value -> ''key'') as k
                    where to_jsonb(t) ->> k.key is distinct from k.value))', part.table_name)
            into row_count using base, changes;
        added := (select count(*) from jsonb_array_elements(changes) as e (value)
            where e.value ->> 'table' = part.table_name and e.value ->> 'action' = 'add');
        continue when row_count + added = 0;
        insert into margin.input_load (table_name, kind, source, row_count, reason)
        values (part.table_name, 'load', 'margin parameters propose', row_count + added, given_reason)
        returning load_id into new_load;
        insert into margin.input_load_parameter_set (load_id, parameter_set) values (new_load, proposed);
        execute format(
            'insert into margin.%1$I (parameter_set, %2$s, load_id)
            select $1, %3$s, $4
            from (
                select jsonb_populate_record(t, coalesce((
                    select jsonb_object_agg(p.key, p.value)
                    from jsonb_array_elements($3) as e (value)
                    cross join lateral jsonb_each(e.value -> ''set'') as p
                    where e.value ->> ''table'' = %1$L and e.value ->> ''action'' = ''set'' and not exists (
                        select from jsonb_each_text(e.value -> ''key'') as k
                        where to_jsonb(t) ->> k.key is distinct from k.value)), ''{}'')) as r
                from margin.%1$I as t
                where t.parameter_set = $2 and t.revision = 1 and not exists (
                    select from jsonb_array_elements($3) as e (value)
                    where e.value ->> ''table'' = %1$L and e.value ->> ''action'' = ''remove'' and not exists (
                        select from jsonb_each_text(e.value -> ''key'') as k
                        where to_jsonb(t) ->> k.key is distinct from k.value))
            ) as x', part.table_name, part.column_list, part.changed_list) using proposed, base, changes, new_load;
        execute format(
            'insert into margin.%1$I (parameter_set, %2$s, load_id)
            select $1, %3$s, $3
            from (
                select jsonb_populate_record(null::margin.%1$I,
                    (e.value -> ''key'') || (e.value -> ''set'') || jsonb_build_object(''parameter_set'', $1)) as r
                from jsonb_array_elements($2) as e (value)
                where e.value ->> ''table'' = %1$L and e.value ->> ''action'' = ''add''
            ) as x', part.table_name, part.column_list, part.added_list) using proposed, changes, new_load;
    end loop;
    return set_load;
end
$$;
