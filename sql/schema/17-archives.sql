-- purpose: what has left the database for a folder
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
create trigger archive_is_insert_only before update or delete or truncate on margin.archive
    for each statement execute function margin.refuse_change();
comment on table margin.archive is 'What has left the database for a folder, and until when. Grain: one row an archive.';
comment on column margin.archive.archive is 'Number of the archive, rising.';
comment on column margin.archive.runs_before is 'Results, findings and report lists of runs dated before this day left.';
comment on column margin.archive.inputs_before is
    'Inputs dated before this day left: the business date before runs_before, whose inputs that date needs, stays.';
comment on column margin.archive.folder is 'Folder as the operator named it.';
comment on column margin.archive.manifest_sha256 is 'SHA-256 of the folder''s manifest, which has that of each file.';
comment on column margin.archive.row_count is 'Rows that left.';
comment on column margin.archive.archived_by is 'Who archived: the login of the session.';
comment on column margin.archive.archived_at is 'When. No figure depends on it.';

create table margin.archive_restore (
    archive bigint primary key references margin.archive,
    restored_by text not null default session_user,
    restored_at timestamptz not null default clock_timestamp()
);
create trigger archive_restore_is_insert_only before update or delete or truncate on margin.archive_restore
    for each statement execute function margin.refuse_change();
comment on table margin.archive_restore is 'Archives that were brought back. Grain: one row an archive.';
comment on column margin.archive_restore.archive is 'Archive.';
comment on column margin.archive_restore.restored_by is 'Who brought it back: the login of the session.';
comment on column margin.archive_restore.restored_at is 'When. No figure depends on it.';
