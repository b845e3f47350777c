-- purpose: what an archive takes stands in partitions, a month of business dates or a block of runs each, and is dropped.

create schema margin_part;
comment on schema margin_part is
    'Partitions of tables of schema margin, named after them. Rows are read and written through the tables: no right is needed here.';

-- Where a row of a table stands: results by the block of its run, inputs by the month of its date.
create function margin.block_of(run bigint) returns bigint language sql immutable as $$ select run / 64 * 64 $$;
create function margin.block_partition(target text, run bigint) returns text language sql immutable as $$
    select target || '_from_' || margin.block_of(run)
$$;
create function margin.month_partition(target text, day date) returns text language sql stable as $$
    select target || to_char(day, '_YYYY_MM')
$$;

create function margin.partitions_of(target text)
    returns table (partition_name text, first_value text, end_value text) language sql stable as $$
    select c.relname::text, b.bound[1], b.bound[2]
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    cross join lateral (
        select pg_catalog.regexp_match(pg_catalog.pg_get_expr(c.relpartbound, c.oid),
            '^FOR VALUES FROM \(''(.*)''\) TO \(''(.*)''\)$') as bound
    ) as b
    where i.inhparent = pg_catalog.to_regclass(format('margin.%I', target))
    order by c.relname collate "C"
$$;

-- Makes a partition where there is none. It is made aside and then attached: nobody who reads or writes the table waits. The
-- caller has locked what the table's foreign keys refer to. Attaching copies indexes, keys and row triggers; the trigger that
-- refuses changes is none of these, and holds for statements aimed at the partition itself.
create function margin.make_partition(target text, partition_name text, first_value text, end_value text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if to_regclass(format('margin_part.%I', partition_name)) is not null then
        return;
    end if;
    execute format('create table margin_part.%I
        (like margin.%I including defaults including constraints including generated including storage)', partition_name, target);
    if exists (select from pg_trigger as t where t.tgrelid = format('margin.%I', target)::regclass
            and t.tgname = target || '_is_insert_only') then
        execute format('create trigger %I before update or delete or truncate on margin_part.%I
            for each statement execute function margin.refuse_change()', target || '_is_insert_only', partition_name);
    end if;
    execute format('alter table margin.%I attach partition margin_part.%I for values from (%L) to (%L)', target,
        partition_name, first_value, end_value);
end
$$;

-- Makes the months of a table that dates fall into, if it has any.
create function margin.make_months(target text, days date[]) returns void language plpgsql as $$
declare
    month date;
begin
    if not exists (select from pg_catalog.pg_partitioned_table as t
            where t.partrelid = pg_catalog.to_regclass(format('margin.%I', target))) then
        return;
    end if;
    if exists (select from unnest(days) as d (day) where d.day not between '0001-01-01' and '9999-12-31') then
        raise exception 'a business date is outside the years 1 to 9999' using errcode = '22008';
    end if;
    lock table margin.input_load in share row exclusive mode;
    for month in select distinct date_trunc('month', d.day)::date from unnest(days) as d (day) where d.day is not null order by 1
    loop
        perform margin.make_partition(target, margin.month_partition(target, month), month::text,
            (month + interval '1 month')::date::text);
    end loop;
end
$$;

-- The tables of results that lack the block of a run.
create function margin.tables_without_block(run bigint) returns setof text language sql stable as $$
    select p.table_name
    from margin.archive_part(null, null) as p
    join pg_catalog.pg_partitioned_table as t on t.partrelid = pg_catalog.to_regclass(format('margin.%I', p.table_name))
    where not p.is_input
        and pg_catalog.to_regclass(format('margin_part.%I', margin.block_partition(p.table_name, run))) is null
    order by p.table_name collate "C"
$$;

-- Makes the block of a run in one table of results. The caller has locked the register of runs.
create function margin.make_block(target text, run bigint) returns void language sql as $$
    select margin.make_partition(target, margin.block_partition(target, run), margin.block_of(run)::text,
        (margin.block_of(run) + 64)::text)
$$;

-- The next number of a run.
create function margin.next_run() returns bigint language sql volatile as $$
    select 1 + coalesce(pg_catalog.pg_sequence_last_value(pg_catalog.pg_get_serial_sequence('margin.run', 'run_id')::regclass), 0)
$$;

-- What a load calls before it inserts rows: whoever may load may have months made.
create function margin.make_months_to_load(target text, days date[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    loader text := coalesce(nullif(current_setting('role'), 'none'), session_user);
begin
    if not has_table_privilege(loader, 'margin.input_load', 'insert') then
        raise exception '% may not load', loader using errcode = '42501';
    end if;
    perform margin.make_months(target, days);
end
$$;

-- What is called before a run is opened, in a transaction of its own: makes the block that its number falls into, and early
-- enough the one after it, so that hardly any run ever waits for those that are under way.
create function margin.make_room_for_runs() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    next_run bigint := margin.next_run();
    run bigint;
begin
    foreach run in array array[next_run, next_run + 32]
    loop
        continue when not exists (select from margin.tables_without_block(run));
        begin
            if run = next_run then
                lock table margin.run in share row exclusive mode;
            else
                lock table margin.run in share row exclusive mode nowait;
            end if;
            perform margin.make_block(t, run) from margin.tables_without_block(run) as t;
        exception when lock_not_available then
            if run = next_run then
                raise;
            end if;
        end;
    end loop;
end
$$;

-- Brings up to date what the planner knows of partitions that were written. What it knows of the table as a whole the server
-- never brings up to date by itself, and it takes every partition's reading: only when the rows have doubled since.
create function margin.analyze_written(target text, partition_names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    written text;
    parent regclass := format('margin.%I', target)::regclass;
begin
    for written in select p.partition_name from margin.partitions_of(target) as p
        where p.partition_name = any (partition_names)
    loop
        execute format('analyze margin_part.%I', written);
    end loop;
    if (select sum(greatest(c.reltuples, 0)) from pg_inherits as i join pg_class as c on c.oid = i.inhrelid
            where i.inhparent = parent) > 2 * (select greatest(c.reltuples, 0) from pg_class as c where c.oid = parent)
        or (select c.relkind from pg_class as c where c.oid = parent) = 'r'
    then
        execute format('analyze margin.%I', target);
    end if;
end
$$;

-- The same of what a stage wrote for a run. Nobody else does it in time: the next stage starts at once, and a plan for tables that
-- seem empty joins a book of a million rows by nested loops.
create function margin.analyze_results(of_stage text, run bigint) returns void language plpgsql as $$
begin
    perform margin.analyze_written(w.table_name, array[margin.block_partition(w.table_name, run)])
    from (
        select t.table_name from margin.result_table as t where t.stage = of_stage
        union
        select o.table_name
        from (values ('ingest', 'finding'), ('risk-arrays', 'risk_array')) as o (stage, table_name)
        where o.stage = of_stage
        union
        values ('computed_part'), ('result_source')
    ) as w;
end
$$;

-- The statements that give again what was granted on an object.
create function margin.grants_of(object text, acl aclitem[]) returns setof text language sql stable as $$
    select format('grant %s on %s to %s%s', a.privilege_type, object,
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
        case when a.is_grantable then ' with grant option' else '' end)
    from pg_catalog.aclexplode(acl) as a
    order by 1
$$;

-- The functions whose rows are a table's, and the views of these and of the table: what has to be made again with it.
create function margin.made_of(relation regclass) returns table (object text, is_view boolean, remake text[])
    language sql stable set search_path = pg_catalog, pg_temp as $$
    with recursive maker as (
        select p.oid from pg_proc as p
        where (select c.reltype from pg_class as c where c.oid = relation) = any (p.proargtypes::oid[] || p.prorettype)
    ),
    reader as (
        select r.ev_class as oid
        from pg_depend as d
        join pg_rewrite as r on r.oid = d.objid and r.ev_class <> relation
        where d.classid = 'pg_rewrite'::regclass and (d.refclassid = 'pg_class'::regclass and d.refobjid = relation
            or d.refclassid = 'pg_proc'::regclass and d.refobjid in (select m.oid from maker as m))
        union
        select r.ev_class
        from reader as v
        join pg_depend as d on d.refclassid = 'pg_class'::regclass and d.refobjid = v.oid
            and d.classid = 'pg_rewrite'::regclass
        join pg_rewrite as r on r.oid = d.objid and r.ev_class <> v.oid
    )
    select o.object, o.is_view, o.remake
    from (
        select format('function %s', p.oid::regprocedure) as object, false as is_view, p.oid,
            array[pg_get_functiondef(p.oid)]
            || case when p.proacl is not null then format('revoke all on function %s from public', p.oid::regprocedure) end
            || array(select g from margin.grants_of(format('function %s', p.oid::regprocedure), p.proacl) as g)
            || format('comment on function %s is %L', p.oid::regprocedure, obj_description(p.oid, 'pg_proc'))
            || format('alter function %s owner to %s', p.oid::regprocedure, p.proowner::regrole) as remake
        from maker as m
        join pg_proc as p on p.oid = m.oid
        union all
        select format('view %s', c.oid::regclass), true, c.oid,
            array[format('create view %s%s as %s', c.oid::regclass,
                ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid))]
            || array(select g from margin.grants_of(format('table %s', c.oid::regclass), c.relacl) as g)
            || array(select format('comment on %s is %L', case d.objsubid when 0 then format('view %s', c.oid::regclass)
                    else format('column %s.%I', c.oid::regclass, a.attname) end, d.description)
                from pg_description as d
                left join pg_attribute as a on a.attrelid = c.oid and a.attnum = d.objsubid
                where d.classoid = 'pg_class'::regclass and d.objoid = c.oid
                order by d.objsubid)
            || format('alter view %s owner to %s', c.oid::regclass, c.relowner::regrole)
        from reader as v
        join pg_class as c on c.oid = v.oid and c.relkind = 'v'
    ) as o
    order by o.is_view, o.oid
$$;

-- Makes a table that an archive takes one of partitions, with the rows it has and all that hangs on it. For migrations.
create function margin.partition_table(target text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp set check_function_bodies = off as $$
declare
    plain regclass := format('margin.%I', target)::regclass;
    is_input boolean := (select p.is_input from margin.archive_part(null, null) as p where p.table_name = target);
    column_list text := (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute as a
        where a.attrelid = plain and a.attnum > 0 and not a.attisdropped and a.attgenerated = '');
    -- Statement triggers come before the partitions, which take them over; what slows rows down comes after the rows.
    guards text[] := array(select pg_get_triggerdef(t.oid) from pg_trigger as t
        where t.tgrelid = plain and not t.tgisinternal and t.tgtype & 1 = 0 order by t.tgname);
    rest text[] := array(select format('alter table margin.%I add constraint %I %s', target, c.conname, pg_get_constraintdef(c.oid))
            from pg_constraint as c where c.conrelid = plain and c.contype in ('p', 'u', 'f') order by c.contype desc, c.conname)
        || array(select pg_get_indexdef(i.indexrelid) from pg_index as i where i.indrelid = plain
            and not exists (select from pg_constraint as c where c.conindid = i.indexrelid and c.conrelid = plain))
        || array(select pg_get_triggerdef(t.oid) from pg_trigger as t
            where t.tgrelid = plain and not t.tgisinternal and t.tgtype & 1 = 1 order by t.tgname)
        || array(select g from pg_class as c cross join margin.grants_of(format('table margin.%I', target), c.relacl) as g
            where c.oid = plain)
        || array(select replace(g, ' on table ', format(' (%I) on table ', a.attname)) from pg_attribute as a
            cross join margin.grants_of(format('table margin.%I', target), a.attacl) as g where a.attrelid = plain)
        || (select array[format('comment on table margin.%I is %L', target, obj_description(plain, 'pg_class')),
            format('alter table margin.%I owner to %s', target, c.relowner::regrole)] from pg_class as c where c.oid = plain);
    hanging record;
    dropped text[] := '{}';
    remake text[] := '{}';
    statement text;
    dates date[];
    run bigint;
    moved bigint;
begin
    if is_input is null or (select c.relkind <> 'r' or c.relrowsecurity from pg_class as c where c.oid = plain) then
        raise exception 'table % cannot be partitioned: it is no input or result, is partitioned, or has row security', target
            using errcode = '55000';
    end if;
    for hanging in select m.object, m.remake from margin.made_of(plain) as m loop
        dropped := hanging.object || dropped;
        remake := remake || hanging.remake;
    end loop;
    foreach statement in array dropped loop
        execute format('drop %s', statement);
    end loop;
    execute format('alter table margin.%I set schema margin_part', target);
    execute format('create table margin.%1$I (like margin_part.%1$I including defaults including constraints
        including generated including storage including comments) partition by range (%2$I)', target,
        case when is_input then 'business_date' else 'run_id' end);
    foreach statement in array guards loop
        execute statement;
    end loop;
    if is_input then
        execute format('select array_agg(distinct t.business_date) from margin_part.%I as t', target) into dates;
        perform margin.make_months(target, dates);
    else
        lock table margin.run in share row exclusive mode;
        -- Of the runs to come it has the blocks that the other tables have.
        for run in execute format('select distinct margin.block_of(t.run_id) from margin_part.%I as t
            union select margin.block_of(margin.next_run())
            union select p.first_value::bigint from margin.partitions_of(''result_source'') as p
                where p.end_value::bigint > margin.next_run()', target)
        loop
            perform margin.make_block(target, run);
        end loop;
    end if;
    execute format('insert into margin.%1$I (%2$s) select %2$s from margin_part.%1$I', target, column_list);
    get diagnostics moved = row_count;
    execute format('drop table margin_part.%I', target);
    foreach statement in array rest || remake loop
        if statement is not null then
            execute statement;
        end if;
    end loop;
    if moved > 0 then
        execute format('analyze margin.%I', target);
    end if;
end
$$;

-- The tables are known whether or not they stand in partitions.
create or replace view margin.input_column with (security_invoker = true) as
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
where c.relkind in ('r', 'p') and c.relname not in ('input_load', 'input_load_date', 'input_load_parameter_set',
        'corrected_row', 'corrected_cell', 'correction_approval', 'parameter_set_approval')
    and exists (select from pg_attribute as l where l.attrelid = c.oid and l.attname = 'load_id')
    and a.attname not in ('withdrawn', 'revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision');

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
            bool_or(a.attname = 'run_id') and c.relname not in ('run', 'execution', 'run_input') as is_result
        from pg_catalog.pg_attribute as a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ) as k
    where c.relnamespace = 'margin'::regnamespace and c.relkind in ('r', 'p') and (k.is_input or k.is_result)
    order by c.relname collate "C"
$$;

create or replace function margin.record_correction() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- The keys come as the trigger's arguments.
    same_key text := (select string_agg(format('t.%1$I = ($1).%1$I', k), ' and ') from unnest(tg_argv) as k);
    bookkeeping text[] := array['revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision'];
    new_cells jsonb := to_jsonb(new) - bookkeeping;
    old_cells jsonb;
    -- The trigger of a partition is its own; all revisions of a key stand in one.
    written text := (select c.relname from pg_class as c where c.oid = coalesce(pg_partition_root(tg_relid), tg_relid));
    key_text text := (select string_agg(new_cells ->> k, ', ' order by o) from unnest(tg_argv) with ordinality as u (k, o));
begin
    if not exists (select from margin.input_load as l
            where l.load_id = new.load_id and l.kind = 'correction' and l.table_name = written) then
        raise exception 'a changed row of margin.% needs a correction that says why', written
            using errcode = '23514', hint = 'margin correct, with a reason';
    end if;
    execute format('select to_jsonb(t) - $2 from %s as t where %s and t.revision < ($1).revision %s
        order by t.revision desc limit 1', tg_relid::regclass, same_key,
        case when to_jsonb(new) ? 'valid_from'
            then 'and (t.revision = 1 or ($1).valid_from between t.valid_from and t.expires_on)' else '' end)
        into old_cells using new, bookkeeping;
    if (old_cells ->> 'withdrawn')::boolean then
        old_cells := null;
    end if;
    insert into margin.corrected_row (load_id, row_key, business_date, parameter_set, valid_from, expires_on, cells)
    values (new.load_id, key_text, coalesce(new_cells ->> 'business_date', new_cells ->> 'level_date')::date, new_cells ->> 'parameter_set',
        (to_jsonb(new) ->> 'valid_from')::date, (to_jsonb(new) ->> 'expires_on')::date, new_cells - 'withdrawn');
    insert into margin.corrected_cell (load_id, row_key, column_name, before_value, after_value)
    select new.load_id, key_text, c.name, old_cells ->> c.name, new_cells ->> c.name
    from jsonb_object_keys(new_cells) as c (name)
    where (old_cells -> c.name is distinct from new_cells -> c.name)
        and (old_cells ->> c.name is distinct from new_cells ->> c.name)
        and not (old_cells is null and c.name = any (tg_argv || 'withdrawn'::text));
    return null;
end
$$;

do $$
declare
    target text;
    now_text text := pg_get_functiondef('margin.correct'::regproc);
    was text := '    insert into margin.input_load (table_name, kind,';
begin
    for target in select p.table_name from margin.archive_part(null, null) as p loop
        perform margin.partition_table(target);
    end loop;
    perform margin.make_room_for_runs();
    -- A correction may add a row of a month that has none yet.
    if array_length(string_to_array(now_text, was), 1) <> 2 then
        raise exception 'margin.correct is not what it was';
    end if;
    execute replace(now_text, was,
        '    if not is_parameter and ''business_date'' = any (input_columns) then
        perform margin.make_months(target, array(select distinct s.business_date::date from staged_row as s));
    end if;
' || was);
end
$$;

-- A partition that lies wholly before the dates is counted and dropped; of one that they cut through, and of a table that has
-- none, the rows are deleted. A block that runs still fall into is never dropped.
create or replace function margin.archive_rows(
    given_runs_before date, given_inputs_before date, given_folder text, given_manifest_sha256 bytea, given_rows bigint
) returns table (table_name text, removed bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    part record;
    piece record;
    gone bigint;
begin
    -- Dropping a partition drops its foreign key, which nobody may be reading by. These first: whatever writes begins here.
    lock table margin.run, margin.input_load in access exclusive mode;
    if given_inputs_before > margin.inputs_needed_from(given_runs_before)
        or exists (select from margin.run as r where r.business_date < given_runs_before
            and r.status in ('building', 'complete'))
        or given_runs_before > (select max(r.business_date) from margin.run as r where r.status = 'published')
        or exists (select from margin.standing_archive as a where a.runs_before >= given_runs_before)
    then
        raise exception 'dates before % cannot be archived', given_runs_before using errcode = '23514';
    end if;
    for part in select p.table_name, p.is_input, p.condition
        from margin.archive_part(given_runs_before, given_inputs_before) as p
    loop
        table_name := part.table_name;
        removed := 0;
        for piece in
            select format('margin_part.%I', p.partition_name) as relation,
                case when part.is_input then p.end_value::date <= given_inputs_before
                    else p.end_value::bigint <= margin.next_run() and not exists (select from margin.run as r
                        where r.run_id >= p.first_value::bigint and r.run_id < p.end_value::bigint
                            and r.business_date >= given_runs_before)
                    end as is_whole
            from margin.partitions_of(part.table_name) as p
            where case when part.is_input then p.first_value::date < given_inputs_before
                else exists (select from margin.run as r where r.run_id >= p.first_value::bigint
                    and r.run_id < p.end_value::bigint and r.business_date < given_runs_before) end
            union all
            select c.oid::regclass::text, false
            from pg_class as c
            where c.oid = format('margin.%I', part.table_name)::regclass and c.relkind = 'r'
        loop
            if piece.is_whole then
                execute format('select count(*) from %s', piece.relation) into gone;
                execute format('drop table %s', piece.relation);
            else
                -- Nothing but an owner's function can do this, and only until the transaction ends.
                if part.is_input then
                    execute format('alter table %s disable trigger user', piece.relation);
                end if;
                execute format('delete from %s as t where %s', piece.relation, part.condition);
                get diagnostics gone = row_count;
                if part.is_input then
                    execute format('alter table %s enable trigger user', piece.relation);
                end if;
            end if;
            removed := removed + gone;
        end loop;
        return next;
    end loop;
    insert into margin.archive (runs_before, inputs_before, folder, manifest_sha256, row_count)
    values (given_runs_before, given_inputs_before, given_folder, given_manifest_sha256, given_rows);
end
$$;

create or replace function margin.restore_archived(target text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    columns text := (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute as a
        where a.attrelid = 'pg_temp.archived_row'::regclass and a.attnum > 0 and not a.attisdropped);
    put_back bigint;
    is_input boolean := (select p.is_input from margin.archive_part(null, null) as p where p.table_name = target);
    kind "char" := (select c.relkind from pg_class as c where c.oid = format('margin.%I', target)::regclass);
begin
    if is_input is null then
        raise exception 'rows of % are not archived', target using errcode = '23514';
    end if;
    lock table margin.run, margin.input_load in share row exclusive mode;
    if kind = 'p' and is_input then
        perform margin.make_months(target, array(select distinct t.business_date from pg_temp.archived_row as t));
    elsif kind = 'p' then
        perform margin.make_block(target, b.run)
        from (select distinct margin.block_of(t.run_id) as run from pg_temp.archived_row as t) as b;
    end if;
    if is_input then
        execute format('alter table margin.%I disable trigger user', target);
    end if;
    execute format('insert into margin.%1$I (%2$s) select %2$s from pg_temp.archived_row', target, columns);
    get diagnostics put_back = row_count;
    if is_input then
        execute format('alter table margin.%I enable trigger user', target);
    end if;
    return put_back;
end
$$;

revoke execute on function margin.make_partition, margin.make_months, margin.make_block, margin.partition_table from public;
