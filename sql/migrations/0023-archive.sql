-- purpose: what nobody needs any more leaves the database for a folder through one function, and comes back through others.

create table margin.archive (
    archive bigint generated always as identity primary key,
    runs_before date not null,
    inputs_before date not null,
    folder text not null,
    manifest_sha256 bytea not null check (length(manifest_sha256) = 32),
    row_count bigint not null check (row_count > 0),
    archived_by text not null default session_user,
    archived_at timestamptz not null default clock_timestamp(),
    constraint business_date_before_stays check (inputs_before < runs_before)
);
create table margin.archive_restore (
    archive bigint primary key references margin.archive,
    restored_by text not null default session_user,
    restored_at timestamptz not null default clock_timestamp()
);
create trigger archive_is_insert_only before update or delete or truncate on margin.archive
    for each statement execute function margin.refuse_change();
create trigger archive_restore_is_insert_only before update or delete or truncate on margin.archive_restore
    for each statement execute function margin.refuse_change();

-- The archives that are out of the database; each begins where the one before ended, so that only the newest comes back.
create view margin.standing_archive with (security_invoker = true) as
select a.archive, a.runs_before, a.inputs_before, a.folder, a.manifest_sha256
from margin.archive as a
where not exists (select from margin.archive_restore as r where r.archive = a.archive);

-- What is archived: inputs that have a business date, and what runs wrote. The register of runs stays, so that no number is
-- given twice, and so do the loads and the journal of corrections.
create function margin.archive_part(runs_before date, inputs_before date)
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
    where c.relnamespace = 'margin'::regnamespace and c.relkind = 'r' and (k.is_input or k.is_result)
    order by c.relname collate "C"
$$;

-- The first business date whose inputs a date from `runs_before` on needs: the one before it, in the calendar as it is and as
-- each run since has pinned it.
create function margin.inputs_needed_from(runs_before date) returns date language sql stable as $$
    select min(n.needed)
    from (
        (select c.calendar_date as needed
            from margin.calendar_date_as_of(9223372036854775807) as c
            where c.is_business_day and c.calendar_date < runs_before
            order by c.calendar_date desc limit 1)
        union all
        select (select c.calendar_date from margin.calendar_date_as_of(r.pinned_load_id) as c
            where c.is_business_day and c.calendar_date < r.business_date
            order by c.calendar_date desc limit 1)
        from margin.run as r
        where r.business_date >= runs_before and r.pinned_load_id is not null
    ) as n
$$;

-- Nobody may add to dates that are archived: a restored row could meet another of its key, a run would miss its inputs.
create function margin.refuse_archived_date() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    sealed date := (select max(case tg_argv[0] when 'runs' then a.runs_before else a.inputs_before end)
        from margin.standing_archive as a);
begin
    if new.business_date < sealed then
        raise exception 'business date % is archived', new.business_date
            using errcode = '23514', hint = 'bring it back first: margin archive --restore FOLDER';
    end if;
    return new;
end
$$;
create trigger run_is_of_no_archived_date before insert on margin.run
    for each row execute function margin.refuse_archived_date('runs');
create trigger load_is_of_no_archived_date before insert on margin.input_load_date
    for each row execute function margin.refuse_archived_date('inputs');

-- The one way in which rows of inputs leave: removes what an archive holds, by its dates, and enters it in the register.
-- Returns what it removed of each table; the caller compares that with what it has exported, before it commits.
create function margin.archive_rows(
    given_runs_before date, given_inputs_before date, given_folder text, given_manifest_sha256 bytea, given_rows bigint
) returns table (table_name text, removed bigint)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    part record;
    gone bigint;
begin
    lock table margin.input_load in share row exclusive mode;
    lock table margin.run in share row exclusive mode;
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
        -- Nothing but an owner's function can do this, and only until the transaction ends.
        if part.is_input then
            execute format('alter table margin.%I disable trigger user', part.table_name);
        end if;
        execute format('delete from margin.%I as t where %s', part.table_name, part.condition);
        get diagnostics gone = row_count;
        if part.is_input then
            execute format('alter table margin.%I enable trigger user', part.table_name);
        end if;
        table_name := part.table_name;
        removed := gone;
        return next;
    end loop;
    insert into margin.archive (runs_before, inputs_before, folder, manifest_sha256, row_count)
    values (given_runs_before, given_inputs_before, given_folder, given_manifest_sha256, given_rows);
end
$$;

-- A place for the rows of a file of an archive, with the types of their table; the session may fill it.
create function margin.stage_archived(target text, columns text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from margin.archive_part(null, null) as p where p.table_name = target and columns <@ p.column_names)
    then
        raise exception 'rows of % with these columns are not archived', target using errcode = '23514';
    end if;
    drop table if exists pg_temp.archived_row;
    execute format('create temporary table archived_row on commit drop as select %s from margin.%I with no data',
        (select string_agg(quote_ident(c), ', ' order by o) from unnest(columns) with ordinality as u (c, o)), target);
    execute format('grant insert on pg_temp.archived_row to %I', session_user);
end
$$;

-- How many rows the staged ones and those of the table differ in, of those an archive takes.
create function margin.count_archived_differences(target text, runs_before date, inputs_before date) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    different bigint;
    part record;
begin
    select p.condition, array_to_string(array(select quote_ident(c) from unnest(p.column_names) as c), ', ') as columns
    into part
    from margin.archive_part(runs_before, inputs_before) as p
    where p.table_name = target;
    execute format('select (select count(*) from (select %1$s from pg_temp.archived_row except all
            select %1$s from margin.%2$I as t where %3$s) as x)
        + (select count(*) from (select %1$s from margin.%2$I as t where %3$s except all
            select %1$s from pg_temp.archived_row) as y)', part.columns, target, part.condition) into different;
    return different;
end
$$;

-- Puts the staged rows back as they were: no revision is journalled again. Returns how many.
create function margin.restore_archived(target text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    columns text := (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute as a
        where a.attrelid = 'pg_temp.archived_row'::regclass and a.attnum > 0 and not a.attisdropped);
    put_back bigint;
    is_input boolean := (select p.is_input from margin.archive_part(null, null) as p where p.table_name = target);
begin
    if is_input is null then
        raise exception 'rows of % are not archived', target using errcode = '23514';
    end if;
    lock table margin.input_load in share row exclusive mode;
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

-- Enters in the register that the newest archive is back.
create function margin.enter_restore(given_archive bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    lock table margin.run in share row exclusive mode;
    if given_archive is distinct from (select max(a.archive) from margin.standing_archive as a) then
        raise exception 'archive % is not the newest one', given_archive using errcode = '23514';
    end if;
    insert into margin.archive_restore (archive) values (given_archive);
end
$$;
revoke execute on function margin.archive_rows, margin.stage_archived, margin.count_archived_differences,
    margin.restore_archived, margin.enter_restore from public;

-- Who may read the register of runs may read that of archives.
do $$
declare
    reader text;
begin
    for reader in
        select distinct a.grantee::regrole::text
        from pg_class as c
        cross join lateral aclexplode(c.relacl) as a
        where c.oid = 'margin.run'::regclass and a.privilege_type = 'SELECT' and a.grantee <> 0
        order by 1
    loop
        execute format('grant select on margin.archive, margin.archive_restore, margin.standing_archive to %s', reader);
    end loop;
end
$$;

comment on table margin.archive is
    'What has left the database for a folder, and until when. Grain: one row an archive.';
comment on column margin.archive.archive is 'Number of the archive, rising.';
comment on column margin.archive.runs_before is 'Results, findings and report lists of runs dated before this day left.';
comment on column margin.archive.inputs_before is
    'Inputs dated before this day left: the business date before runs_before, whose inputs that date needs, stays.';
comment on column margin.archive.folder is 'Folder as the operator named it.';
comment on column margin.archive.manifest_sha256 is 'SHA-256 of the folder''s manifest, which has that of each file.';
comment on column margin.archive.row_count is 'Rows that left.';
comment on column margin.archive.archived_by is 'Who archived: the login of the session.';
comment on column margin.archive.archived_at is 'When. No figure depends on it.';
comment on table margin.archive_restore is 'Archives that were brought back. Grain: one row an archive.';
comment on column margin.archive_restore.archive is 'Archive.';
comment on column margin.archive_restore.restored_by is 'Who brought it back: the login of the session.';
comment on column margin.archive_restore.restored_at is 'When. No figure depends on it.';
comment on view margin.standing_archive is 'Archives that are out of the database. Grain: one row an archive.';
comment on column margin.standing_archive.archive is 'Number of the archive.';
comment on column margin.standing_archive.runs_before is 'Runs dated before this day are archived.';
comment on column margin.standing_archive.inputs_before is 'Inputs dated before this day are archived.';
comment on column margin.standing_archive.folder is 'Folder as the operator named it.';
comment on column margin.standing_archive.manifest_sha256 is 'SHA-256 of the folder''s manifest.';
