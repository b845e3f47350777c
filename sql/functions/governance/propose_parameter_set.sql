-- purpose: proposes a parameter set that is another, as loaded, with some cells changed, rows added and rows left
--     out: [{"action": "set" | "add" | "remove", "table": …, "key": {…}, "set": {…}}, …]. Its author is the session's
--     login; nobody uses it before it is approved.
-- after: 01-domains
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
        order by array_position(
            array['intra_spread', 'inter_spread', 'liquidity_group', 'stress_set', 'stress_scenario'],
            c.table_name::text), c.table_name collate "C"
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
revoke execute on function margin.propose_parameter_set from public;
