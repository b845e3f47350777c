-- purpose: corrections that write their own journal, overrides of parameter rows that expire, approvals by another person.

-- Who a load is of is not for the loader to say: the session's login, which set role does not change.
create function margin.sign_load() returns trigger language plpgsql as $$
begin
    new.loaded_by := session_user;
    new.loaded_at := clock_timestamp();
    return new;
end
$$;
create trigger input_load_is_signed before insert on margin.input_load
    for each row execute function margin.sign_load();
alter table margin.input_load
    drop constraint input_load_kind_check,
    add constraint input_load_kind_check check (kind in ('load', 'correction', 'approval')),
    add constraint input_load_has_one_loader unique (load_id, loaded_by);

-- What was corrected, by row and by cell: written by the tables' own triggers, whatever inserts the row.
create table margin.corrected_row (
    load_id bigint not null references margin.input_load,
    row_key text not null,
    business_date date,
    parameter_set text,
    valid_from date,
    expires_on date,
    cells jsonb not null,
    primary key (load_id, row_key)
);
create table margin.corrected_cell (
    load_id bigint not null,
    row_key text not null,
    column_name text not null,
    before_value text,
    after_value text,
    primary key (load_id, row_key, column_name),
    foreign key (load_id, row_key) references margin.corrected_row,
    constraint corrected_cell_has_changed check (before_value is distinct from after_value)
);
create index corrected_row_by_date on margin.corrected_row (business_date, load_id);

-- What a file may bring: not the journals, and no column that the database fills.
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
where c.relkind = 'r' and c.relname not in ('input_load', 'input_load_date', 'input_load_parameter_set', 'corrected_row',
        'corrected_cell', 'correction_approval', 'parameter_set_approval')
    and exists (select from pg_attribute as l where l.attrelid = c.oid and l.attname = 'load_id')
    and a.attname not in ('withdrawn', 'revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision');

create function margin.record_correction() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- The keys come as the trigger's arguments.
    same_key text := (select string_agg(format('t.%1$I = ($1).%1$I', k), ' and ') from unnest(tg_argv) as k);
    bookkeeping text[] := array['revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision'];
    new_cells jsonb := to_jsonb(new) - bookkeeping;
    old_cells jsonb;
    key_text text := (select string_agg(new_cells ->> k, ', ' order by o) from unnest(tg_argv) with ordinality as u (k, o));
begin
    if not exists (select from margin.input_load as l
            where l.load_id = new.load_id and l.kind = 'correction' and l.table_name = tg_table_name) then
        raise exception 'a changed row of %.% needs a correction that says why', tg_table_schema, tg_table_name
            using errcode = '23514', hint = 'margin correct, with a reason';
    end if;
    execute format('select to_jsonb(t) - $2 from %I.%I as t where %s and t.revision < ($1).revision %s
        order by t.revision desc limit 1', tg_table_schema, tg_table_name, same_key,
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

create function margin.journal_corrections(plain_name text, key_columns text[]) returns void language plpgsql as $$
begin
    execute format('create trigger %I after insert on margin.%I for each row when (new.revision > 1)
        execute function margin.record_correction(%s)', plain_name || '_is_journalled', plain_name,
        (select string_agg(quote_literal(k), ', ' order by o) from unnest(key_columns) with ordinality as u (k, o)));
end
$$;

-- A parameter row's own revision is 1; higher ones are overrides, valid on the dates they name and on no other.
create function margin.allow_overrides(plain_name text, key_columns text[]) returns void language plpgsql as $$
declare
    key_list text := array_to_string(key_columns, ', ');
    same_key text := (select string_agg(format('c.%1$I = r.%1$I', k), ' and ') from unnest(key_columns) as k);
begin
    execute format(
        'alter table margin.%1$I drop constraint %2$I,
            add column revision integer not null default 1 check (revision > 0),
            add column source_line bigint, add column valid_from date, add column expires_on date,
            add primary key (%3$s, revision),
            add constraint override_has_its_dates check ((revision > 1) = (valid_from is not null)
                and (revision > 1) = (expires_on is not null)),
            add constraint override_expires_within_a_year check (expires_on between valid_from and valid_from + 366)',
        plain_name, plain_name || '_pkey', key_list);
    execute format('create index %I on margin.%I (%s, revision) where revision > 1', plain_name || '_overrides',
        plain_name, key_list);
    execute format(
        'create function margin.%1$I(pin bigint, on_date date) returns setof margin.%2$I
            language sql stable parallel safe as $body$
            select r.* from margin.%2$I as r
            where r.load_id <= pin and (r.revision = 1 or on_date between r.valid_from and r.expires_on) and not exists (
                select from margin.%2$I as c
                where c.revision > 1 and c.revision > r.revision and c.load_id <= pin
                    and on_date between c.valid_from and c.expires_on and %3$s)
        $body$', plain_name || '_as_of', plain_name, same_key);
    execute format('comment on column margin.%I.revision is %L', plain_name,
        '1 for the set''s own row, more for an override; the highest that is valid on a run''s date and that it sees counts.');
    execute format('comment on column margin.%I.source_line is %L', plain_name,
        'Line of the file the row stood on, the first being 1; null if it came from no file.');
    execute format('comment on column margin.%I.valid_from is %L', plain_name,
        'First business date an override holds for; null for the set''s own row.');
    execute format('comment on column margin.%I.expires_on is %L', plain_name,
        'Last date an override holds for; after it the set''s own row holds again; null for the set''s own row.');
end
$$;

-- A child of a parameter row, a spread's leg or a group's member, belongs to its parent's own row, whether or not an override
-- of that is in force: foreign keys between parameter tables refer to revision 1.
do $$
declare
    parent record;
    input record;
    parents jsonb := '[]';
begin
    for parent in
        select c.conname, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
            (select string_agg(quote_ident(f.attname), ', ' order by u.o)
                from unnest(c.conkey) with ordinality as u (k, o)
                join pg_attribute as f on f.attrelid = c.conrelid and f.attnum = u.k) as child_columns,
            (select string_agg(quote_ident(f.attname), ', ' order by u.o)
                from unnest(c.confkey) with ordinality as u (k, o)
                join pg_attribute as f on f.attrelid = c.confrelid and f.attnum = u.k) as parent_columns
        from pg_constraint as c
        join pg_class as t on t.oid = c.confrelid
        where c.contype = 'f' and t.relname <> 'parameter_set' and t.relname in (
            select i.table_name from margin.input_column as i where i.column_name = 'parameter_set')
        order by c.conrelid::regclass::text, c.conname
    loop
        execute format('alter table %s drop constraint %I', parent.child, parent.conname);
        parents := parents || jsonb_build_array(to_jsonb(parent));
    end loop;
    for input in
        select c.table_name, bool_or(c.column_name = 'parameter_set') as is_parameter,
            array_agg(c.column_name order by c.position) filter (where c.is_key and c.column_name <> 'revision') as key_columns
        from margin.input_column as c
        where c.table_name <> 'parameter_set'
        group by c.table_name
        order by c.table_name collate "C"
    loop
        if input.is_parameter then
            perform margin.allow_overrides(input.table_name, input.key_columns);
        end if;
        perform margin.journal_corrections(input.table_name, input.key_columns);
    end loop;
    for parent in select r.child, r.parent, r.child_columns, r.parent_columns
        from jsonb_to_recordset(parents) as r (child text, parent text, child_columns text, parent_columns text)
    loop
        execute format('alter table %s add column if not exists parent_revision integer not null
            generated always as (1) stored', parent.child);
        execute format('alter table %s add foreign key (%s, parent_revision) references %s (%s, revision)',
            parent.child, parent.child_columns, parent.parent, parent.parent_columns);
        execute format('comment on column %s.parent_revision is %L', parent.child,
            'Always 1: the row belongs to its parent''s own row.');
    end loop;
end
$$;

-- Rules an owner of the house switches on; the newest row of a rule counts, and a rule without row is off.
create table margin.governance_rule (
    change bigint generated always as identity primary key,
    rule text not null check (rule in ('correction_approval', 'parameter_set_approval')),
    is_required boolean not null,
    reason text not null,
    changed_by text not null default session_user,
    changed_at timestamptz not null default clock_timestamp(),
    constraint change_of_governance_has_a_reason check (length(btrim(reason)) > 0)
);
create function margin.sign_governance() returns trigger language plpgsql as $$
begin
    new.changed_by := session_user;
    new.changed_at := clock_timestamp();
    return new;
end
$$;
create trigger governance_rule_is_signed before insert on margin.governance_rule
    for each row execute function margin.sign_governance();
create trigger governance_rule_is_insert_only before update or delete or truncate on margin.governance_rule
    for each statement execute function margin.refuse_change();
create function margin.is_required(which text) returns boolean language sql stable as $$
    select coalesce((select g.is_required from margin.governance_rule as g where g.rule = which
        order by g.change desc limit 1), false)
$$;

create table margin.correction_approval (
    load_id bigint primary key,
    requested_by text not null,
    approved_by text not null default session_user,
    approved_at timestamptz not null default clock_timestamp(),
    reason text not null,
    foreign key (load_id, requested_by) references margin.input_load (load_id, loaded_by),
    constraint approver_is_not_the_author check (approved_by <> requested_by),
    constraint approval_has_a_reason check (length(btrim(reason)) > 0)
);
alter table margin.parameter_set add constraint parameter_set_has_one_author unique (parameter_set, author);
create table margin.parameter_set_approval (
    parameter_set margin.code primary key references margin.parameter_set,
    author margin.label not null,
    proposal_load_id bigint not null,
    proposed_by text not null,
    approved_by text not null default session_user,
    approved_at timestamptz not null default clock_timestamp(),
    reason text not null,
    load_id bigint not null references margin.input_load,
    foreign key (parameter_set, author) references margin.parameter_set (parameter_set, author),
    foreign key (proposal_load_id, proposed_by) references margin.input_load (load_id, loaded_by),
    constraint approver_is_not_the_author check (approved_by <> author and approved_by <> proposed_by),
    constraint approval_has_a_reason check (length(btrim(reason)) > 0)
);
create function margin.sign_approval() returns trigger language plpgsql as $$
begin
    new.approved_by := session_user;
    new.approved_at := clock_timestamp();
    return new;
end
$$;
create trigger correction_approval_is_signed before insert on margin.correction_approval
    for each row execute function margin.sign_approval();
create trigger parameter_set_approval_is_signed before insert on margin.parameter_set_approval
    for each row execute function margin.sign_approval();

do $$
declare
    journal text;
begin
    foreach journal in array array['corrected_row', 'corrected_cell', 'correction_approval', 'parameter_set_approval']
    loop
        execute format('create trigger %I before update or delete or truncate on margin.%I
            for each statement execute function margin.refuse_change()', journal || '_is_insert_only', journal);
    end loop;
end
$$;

-- An approved set never changes; with the rule on, approvals are given here and not written into files.
create function margin.guard_parameter_set() returns trigger language plpgsql as $$
begin
    if new.approved_by is not null and margin.is_required('parameter_set_approval') then
        raise exception 'parameter set % says it is approved, but approvals are given in the database', new.parameter_set
            using errcode = '23514', hint = 'leave approved_by empty, then margin parameters approve';
    end if;
    return null;
end
$$;
create trigger parameter_set_is_guarded after insert on margin.parameter_set
    for each row execute function margin.guard_parameter_set();

create function margin.is_approved(which text, pin bigint) returns boolean language sql stable as $$
    select exists (select from margin.parameter_set as s where s.parameter_set = which and s.load_id <= pin
            and s.approved_by is not null)
        or exists (select from margin.parameter_set_approval as a where a.parameter_set = which and a.load_id <= pin)
$$;

-- The one way to correct rows: completes each from the row in force, refuses what a load would refuse, what is not there and
-- what changes nothing, and inserts what is left as a new revision. Returns the faults, each with its line, and inserts
-- nothing then; else one row with the load and, as its line, how many rows were as they should be already.
create function margin.correct(
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
    key_text text := (select string_agg(format('coalesce(s.%I, '''')', k), ' || '', '' || ' order by o)
        from unnest(key_columns) with ordinality as u (k, o));
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

-- Approves a correction; refused by constraint for who asked for it.
create function margin.approve_correction(correction bigint, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into margin.correction_approval (load_id, requested_by, reason)
    select l.load_id, l.loaded_by, given_reason
    from margin.input_load as l
    where l.load_id = correction and l.kind = 'correction';
    if not found then
        raise exception 'there is no correction %', correction using errcode = '23514';
    end if;
end
$$;

-- Approves a parameter set that was proposed; refused for its author and for whoever loaded any of its rows.
create function margin.approve_parameter_set(which text, given_reason text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    approval bigint;
    other text;
begin
    lock table margin.input_load in share row exclusive mode;
    if margin.is_approved(which, 9223372036854775807) then
        raise exception 'parameter set % is approved already', which using errcode = '23514';
    end if;
    select o.parameter_set into other
    from margin.parameter_set as s
    join margin.parameter_set as o on o.effective_from = s.effective_from and o.parameter_set <> s.parameter_set
    where s.parameter_set = which and margin.is_approved(o.parameter_set, 9223372036854775807);
    if found then
        raise exception 'parameter set % takes effect on the same date and is approved', other using errcode = '23514';
    end if;
    if exists (select from margin.input_load_parameter_set as p join margin.input_load as l on l.load_id = p.load_id
            where p.parameter_set = which and l.loaded_by = session_user) then
        raise exception '% has loaded rows of parameter set %: another person approves it', session_user, which
            using errcode = '23514', constraint = 'approver_is_not_the_author';
    end if;
    insert into margin.input_load (table_name, kind, source, row_count, reason)
    values ('parameter_set_approval', 'approval', 'margin parameters approve', 1, given_reason)
    returning load_id into approval;
    insert into margin.input_load_parameter_set (load_id, parameter_set) values (approval, which);
    insert into margin.parameter_set_approval (parameter_set, author, proposal_load_id, proposed_by, reason, load_id)
    select s.parameter_set, s.author, s.load_id, l.loaded_by, given_reason, approval
    from margin.parameter_set as s
    join margin.input_load as l on l.load_id = s.load_id
    where s.parameter_set = which;
    if not found then
        raise exception 'there is no parameter set %', which using errcode = '23514';
    end if;
end
$$;

-- Proposes a parameter set that is another, as loaded, with some cells changed:
-- [{"table": …, "key": {…}, "set": {…}}, …]. Its author is the session's login; nobody uses it before it is approved.
create function margin.propose_parameter_set(proposed text, base text, from_date date, given_reason text, changes jsonb)
    returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    part record;
    change jsonb;
    new_load bigint;
    set_load bigint;
    row_count bigint;
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
        if row_count = 0 then
            raise exception '% of parameter set % has no row with %', change ->> 'table', base, change -> 'key'
                using errcode = '23514';
        end if;
    end loop;
    -- Parents before their children.
    for part in
        select c.table_name,
            string_agg(format('%I', c.column_name), ', ' order by c.position)
                filter (where c.column_name <> 'parameter_set') as column_list,
            string_agg(format('(x.r).%I', c.column_name), ', ' order by c.position)
                filter (where c.column_name <> 'parameter_set') as changed_list
        from margin.input_column as c
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set') and c.table_name <> 'parameter_set'
        order by c.table_name not in ('intra_spread', 'inter_spread', 'liquidity_group'), c.table_name collate "C"
    loop
        execute format('select count(*) from margin.%I as t where t.parameter_set = $1 and t.revision = 1', part.table_name)
            into row_count using base;
        continue when row_count = 0;
        insert into margin.input_load (table_name, kind, source, row_count, reason)
        values (part.table_name, 'load', 'margin parameters propose', row_count, given_reason) returning load_id into new_load;
        insert into margin.input_load_parameter_set (load_id, parameter_set) values (new_load, proposed);
        execute format(
            'insert into margin.%1$I (parameter_set, %2$s, load_id)
            select $1, %3$s, $4
            from (
                select jsonb_populate_record(t, coalesce((
                    select jsonb_object_agg(p.key, p.value)
                    from jsonb_array_elements($3) as e (value)
                    cross join lateral jsonb_each(e.value -> ''set'') as p
                    where e.value ->> ''table'' = %1$L and not exists (
                        select from jsonb_each_text(e.value -> ''key'') as k
                        where to_jsonb(t) ->> k.key is distinct from k.value)), ''{}'')) as r
                from margin.%1$I as t
                where t.parameter_set = $2 and t.revision = 1
            ) as x', part.table_name, part.column_list, part.changed_list) using proposed, base, changes, new_load;
    end loop;
    return set_load;
end
$$;

-- Which series each row of a correction touches, as a run sees them that pinned `pin`: the series itself; the options on it
-- where its price or volatility is corrected; every series of a combined commodity, contract, rate or scenario set; all of
-- them, where a parameter row names none of these.
create function margin.touched_series(pin bigint, loads bigint[])
    returns table (load_id bigint, row_key text, series text) language sql stable as $$
    with corrected as (
        select r.load_id, r.row_key, r.cells, r.cells ? 'account' as is_of_account
        from margin.corrected_row as r
        where r.load_id = any (loads)
    ),
    commodity as materialized (
        select k.load_id, k.row_key, k.cells ->> 'combined_commodity' as combined_commodity
        from corrected as k
        where k.cells ? 'combined_commodity'
        union
        select k.load_id, k.row_key, m.combined_commodity
        from corrected as k
        join margin.combined_commodity_margin as m on m.parameter_set = k.cells ->> 'parameter_set'
            and m.scenario_set = k.cells ->> 'scenario_set'
        union
        select k.load_id, k.row_key, l.combined_commodity
        from corrected as k
        join margin.inter_spread_leg as l on l.parameter_set = k.cells ->> 'parameter_set' and l.spread = k.cells ->> 'spread'
        where not k.cells ? 'combined_commodity'
    ),
    -- One look at all series, which are many, for what the corrected rows name.
    named (kind, code) as materialized (
        select 'instrument', coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
        from corrected as k
        union
        select 'combined_commodity', k.combined_commodity from commodity as k
        union
        select 'contract', k.cells ->> 'contract' from corrected as k
        union
        select 'rate', k.cells ->> 'rate_code' from corrected as k
        union
        select 'all', '' from corrected as k where k.cells ? 'parameter_set'
    ),
    listed as materialized (
        select s.series::text, s.contract::text, s.underlying::text, s.second_underlying::text,
            c.combined_commodity::text, c.discount_rate_code::text, c.carry_rate_code::text
        from margin.series_as_of(pin) as s
        join margin.contract_as_of(pin) as c on c.contract = s.contract
        where s.series in (select n.code from named as n where n.kind = 'instrument')
            or s.underlying in (select n.code from named as n where n.kind = 'instrument')
            or s.second_underlying in (select n.code from named as n where n.kind = 'instrument')
            or c.combined_commodity in (select n.code from named as n where n.kind = 'combined_commodity')
            or c.contract in (select n.code from named as n where n.kind = 'contract')
            or c.discount_rate_code in (select n.code from named as n where n.kind = 'rate')
            or c.carry_rate_code in (select n.code from named as n where n.kind = 'rate')
            or exists (select from named as n where n.kind = 'all')
    )
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.series = coalesce(k.cells ->> 'series', k.cells ->> 'instrument')
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l
        on l.underlying = coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
    where not k.is_of_account
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l
        on l.second_underlying = coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
    where not k.is_of_account
    union
    select k.load_id, k.row_key, l.series
    from commodity as k
    join listed as l on l.combined_commodity = k.combined_commodity
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.contract = k.cells ->> 'contract'
    where not k.cells ? 'series'
    union
    -- A parameter row that names none of these holds for all of them.
    select k.load_id, k.row_key, l.series
    from corrected as k
    cross join listed as l
    where k.cells ? 'parameter_set' and not k.cells ?| array['combined_commodity', 'scenario_set', 'spread', 'account_class',
        'asset', 'contract', 'to_currency']
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.discount_rate_code = k.cells ->> 'rate_code'
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.carry_rate_code = k.cells ->> 'rate_code'
$$;

-- Which accounts each row of a correction touches on a business date: the account it names; those that hold a touched
-- series at the end of that day or of the one before, or traded it on the day, of the account class it names if it names one;
-- those that post the asset; those of the class, where it names no series; those called in a currency it names.
create function margin.touched_account(pin bigint, loads bigint[], on_date date, previous date)
    returns table (load_id bigint, row_key text, account text, member text) language sql stable as $$
    with corrected as (
        select r.load_id, r.row_key, r.cells
        from margin.corrected_row as r
        where r.load_id = any (loads)
    ),
    listed as (
        select a.account::text, a.member::text, a.account_class::text, a.call_currency::text
        from margin.account_as_of(pin) as a
    ),
    named as materialized (
        select t.load_id, t.row_key, t.series
        from margin.touched_series(pin, loads) as t
    ),
    -- Of the series and assets in question alone: the book is large, and corrections are few.
    holder as (
        select p.account::text, p.series::text
        from margin.position_as_of(pin) as p
        where p.business_date in (on_date, previous) and (p.long_quantity <> 0 or p.short_quantity <> 0)
            and p.series in (select n.series from named as n)
        union
        select t.account::text, t.series::text
        from margin.trade_as_of(pin) as t
        where t.business_date = on_date and t.series in (select n.series from named as n)
    ),
    poster as (
        select distinct h.account::text, h.asset::text
        from margin.collateral_holding_as_of(pin) as h
        where h.business_date = on_date and h.quantity <> 0
            and h.asset in (select k.cells ->> 'asset' from corrected as k)
    ),
    touched as (
        select k.load_id, k.row_key, k.cells ->> 'account' as account
        from corrected as k
        where k.cells ? 'account'
        union
        select t.load_id, t.row_key, h.account
        from named as t
        join holder as h on h.series = t.series
        join corrected as k on k.load_id = t.load_id and k.row_key = t.row_key
        join listed as a on a.account = h.account
        where not k.cells ? 'account' and coalesce(k.cells ->> 'account_class', a.account_class) = a.account_class
        union
        select k.load_id, k.row_key, h.account
        from corrected as k
        join poster as h on h.asset = k.cells ->> 'asset'
        where not k.cells ? 'account'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.account_class = k.cells ->> 'account_class'
        where not k.cells ? 'combined_commodity' and not k.cells ? 'account'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.call_currency = k.cells ->> 'to_currency'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.member = k.cells ->> 'member'
        where not k.cells ? 'account'
    )
    select t.load_id, t.row_key, t.account, a.member
    from touched as t
    left join listed as a on a.account = t.account
$$;

-- The corrections among the inputs of a run: those of its date and the business date before, of no date, and the overrides of
-- its parameter set that are valid on its date.
create function margin.corrections_of_run(which bigint) returns table (load_id bigint, is_override boolean, needs_approval boolean)
    language sql stable as $$
    with pinned as (
        select r.business_date, r.parameter_set, r.pinned_load_id,
            (select max(c.calendar_date) from margin.calendar_date_as_of(r.pinned_load_id) as c
                where c.calendar_date < r.business_date and c.is_business_day) as previous
        from margin.run as r
        where r.run_id = which
    )
    select l.load_id, o.is_override, o.is_override or margin.is_required('correction_approval')
    from pinned as p
    join margin.input_load as l on l.load_id <= p.pinned_load_id and l.kind = 'correction'
    cross join lateral (
        select exists (select from margin.input_load_parameter_set as s where s.load_id = l.load_id) as is_override
    ) as o
    where case
        when o.is_override then
            exists (select from margin.input_load_parameter_set as s
                where s.load_id = l.load_id and s.parameter_set = p.parameter_set)
            and exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date = p.business_date)
        else
            not exists (select from margin.input_load_date as d where d.load_id = l.load_id)
            or exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and (d.business_date in (p.business_date, p.previous)
                    or (l.table_name = 'risk_factor_level' and d.business_date < p.business_date)))
        end
$$;

-- Lets a login read everything, correct, propose and approve; not load, and not run. Only for who owns the schema.
create function margin.admit_person(login text) returns boolean language plpgsql as $$
declare
    is_new boolean := not exists (select from pg_roles as r where r.rolname = login);
begin
    if is_new then
        execute format('create role %I login', login);
    end if;
    execute format('grant usage on schema margin, margin_schema to %I', login);
    execute format('grant select on all tables in schema margin, margin_schema to %I', login);
    execute format('grant insert on margin.rejected_row to %I', login);
    execute format('grant usage on sequence margin.rejection to %I', login);
    execute format('grant execute on function margin.correct, margin.approve_correction, margin.approve_parameter_set,
        margin.propose_parameter_set to %I', login);
    return is_new;
end
$$;
revoke execute on function margin.correct, margin.approve_correction, margin.approve_parameter_set,
    margin.propose_parameter_set, margin.admit_person from public;

comment on column margin.input_load.kind is 'load, correction of rows, or approval of a parameter set.';
comment on column margin.input_load.reason is 'Why it was corrected, proposed or approved; never empty but for a load.';
comment on column margin.input_load.loaded_by is 'Who loaded: the login of the session, set by the database.';

comment on table margin.corrected_row is
    'Rows that corrections brought, written by the tables'' own triggers. Grain: one row a correction and key.';
comment on column margin.corrected_row.load_id is 'Correction, as a load.';
comment on column margin.corrected_row.row_key is 'Key of the row: its key columns, joined by comma and space.';
comment on column margin.corrected_row.business_date is 'Business date of the row; null for a row without one.';
comment on column margin.corrected_row.parameter_set is 'Parameter set an override belongs to; null for other rows.';
comment on column margin.corrected_row.valid_from is 'First date an override holds for; null for other rows.';
comment on column margin.corrected_row.expires_on is 'Last date an override holds for; null for other rows.';
comment on column margin.corrected_row.cells is 'The row as corrected, by column.';
comment on table margin.corrected_cell is
    'What corrections changed. Grain: one row a correction, key and column.';
comment on column margin.corrected_cell.load_id is 'Correction, as a load.';
comment on column margin.corrected_cell.row_key is 'Key of the row.';
comment on column margin.corrected_cell.column_name is 'Column that was changed; withdrawn where the row was taken back.';
comment on column margin.corrected_cell.before_value is 'Value in force before; null where there was none.';
comment on column margin.corrected_cell.after_value is 'Value since; null for none.';
comment on table margin.governance_rule is
    'What the house demands of approvals; the newest row of a rule counts. Grain: one row a change of a rule.';
comment on column margin.governance_rule.change is 'Number of the change, rising.';
comment on column margin.governance_rule.rule is
    'correction_approval: a run with corrections nobody else approved is not published. parameter_set_approval: approvals are given here, not in files.';
comment on column margin.governance_rule.is_required is 'Whether it is demanded from here on.';
comment on column margin.governance_rule.reason is 'Why it was changed.';
comment on column margin.governance_rule.changed_by is 'Who changed it: the login of the session.';
comment on column margin.governance_rule.changed_at is 'When. No figure depends on it.';
comment on table margin.correction_approval is 'Corrections that another person approved. Grain: one row a correction.';
comment on column margin.correction_approval.load_id is 'Correction, as a load.';
comment on column margin.correction_approval.requested_by is 'Who corrected; never the approver.';
comment on column margin.correction_approval.approved_by is 'Who approved: the login of the session.';
comment on column margin.correction_approval.approved_at is 'When. No figure depends on it.';
comment on column margin.correction_approval.reason is 'Why it was approved.';
comment on table margin.parameter_set_approval is
    'Parameter sets approved here, not in the file that brought them. Grain: one row a parameter set.';
comment on column margin.parameter_set_approval.parameter_set is 'Parameter set.';
comment on column margin.parameter_set_approval.author is 'Author the set names; never the approver.';
comment on column margin.parameter_set_approval.proposal_load_id is 'Load that brought the set.';
comment on column margin.parameter_set_approval.proposed_by is 'Who loaded it; never the approver.';
comment on column margin.parameter_set_approval.approved_by is 'Who approved: the login of the session.';
comment on column margin.parameter_set_approval.approved_at is 'When. No figure depends on it.';
comment on column margin.parameter_set_approval.reason is 'Why it was approved.';
comment on column margin.parameter_set_approval.load_id is 'Load of the approval: runs that pinned an earlier one do not see it.';

-- Every row of a parameter set as loaded, whatever its table.
create function margin.parameter_row(which text) returns table (table_name text, row_key text, cells jsonb)
    language plpgsql stable as $$
#variable_conflict use_column
declare
    part record;
begin
    for part in
        select c.table_name,
            coalesce(string_agg(format('t.%I', c.column_name), ' || '', '' || ' order by c.position)
                filter (where c.is_key and c.column_name <> 'parameter_set'), '''''') as key_text,
            array_agg(c.column_name) filter (where c.is_key or c.column_name in ('author', 'approved_by')) as left_out
        from margin.input_column as c
        group by c.table_name
        having bool_or(c.column_name = 'parameter_set')
        order by c.table_name collate "C"
    loop
        return query execute format(
            'select %1$L::text, (%2$s)::text, to_jsonb(t) - $2 - array[''revision'', ''source_line'', ''valid_from'',
                ''expires_on'', ''parent_revision'', ''load_id'']
            from margin.%1$I as t where t.parameter_set = $1 %3$s', part.table_name, part.key_text,
            case part.table_name when 'parameter_set' then '' else 'and t.revision = 1' end)
            using which, part.left_out;
    end loop;
end
$$;

-- Whatever publishes, a run whose inputs hold a correction that another person must still approve is not published.
create function margin.guard_publication() returns trigger language plpgsql as $$
declare
    waiting bigint := (select min(c.load_id) from margin.corrections_of_run(new.run_id) as c where c.needs_approval
        and not exists (select from margin.correction_approval as a where a.load_id = c.load_id));
begin
    if waiting is not null then
        raise exception 'correction % among the inputs is not approved', waiting
            using errcode = '23514', hint = format('margin approve correction %s', waiting);
    end if;
    return new;
end
$$;
create trigger run_is_published_approved before update on margin.run for each row
    when (new.status = 'published' and old.status <> 'published') execute function margin.guard_publication();
