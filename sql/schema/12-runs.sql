-- purpose: runs, executions, the inputs a run has pinned, and which run holds which results
create table margin.run (
    run_id bigint generated always as identity primary key,
    business_date date not null,
    cycle margin.cycle not null,
    run_number integer not null check (run_number > 0),
    status text not null check (status in ('building', 'complete', 'published', 'superseded', 'void')),
    parameter_set margin.code references margin.parameter_set,
    pinned_load_id bigint,
    reason margin.label not null default '',
    created_by text not null default session_user,
    created_at timestamptz not null default clock_timestamp(),
    published_by text,
    published_at timestamptz,
    base_run_id bigint references margin.run,
    awaits_review boolean not null default false,
    superseded_at timestamptz,
    unique (business_date, cycle, run_number),
    constraint published_run_is_signed check (status not in ('published', 'superseded') or published_at is not null)
);
create unique index run_building on margin.run (business_date, cycle) where status = 'building';
create unique index run_published on margin.run (business_date, cycle) where status = 'published' and cycle = 'EOD';
create trigger run_is_published_approved before update on margin.run for each row
    when (new.status = 'published' and old.status <> 'published') execute function margin.guard_publication();
create trigger run_is_published_by_another before update on margin.run for each row
    when (new.status = 'published' and old.status <> 'published') execute function margin.guard_second_person();
create trigger run_is_of_no_archived_date before insert on margin.run
    for each row execute function margin.refuse_archived_date('runs');
create trigger run_is_superseded_at before update on margin.run for each row
    when (new.status = 'superseded' and old.status <> 'superseded') execute function margin.mark_superseded();
comment on table margin.run is
    'Margin runs. A rerun is a new run; the published one supersedes the one before. Grain: one row a business date, cycle and run number.';
comment on column margin.run.run_id is 'Number that keys everything the run wrote.';
comment on column margin.run.business_date is 'Day that is margined.';
comment on column margin.run.cycle is 'End of the day or intraday.';
comment on column margin.run.run_number is '1, 2, … within the business date and cycle; r1, r2 in file names.';
comment on column margin.run.status is
    'building, complete, published, superseded or void. At most one a date and cycle is published.';
comment on column margin.run.parameter_set is 'Parameter set the run computes with; null until ingest has pinned it.';
comment on column margin.run.pinned_load_id is 'Last load the run sees; null until ingest has pinned it.';
comment on column margin.run.reason is 'Why it was run again; empty for a first run.';
comment on column margin.run.created_by is 'Database role that opened it.';
comment on column margin.run.created_at is 'Wall-clock time it was opened. No figure depends on it.';
comment on column margin.run.published_by is 'Database role that published it; null until then.';
comment on column margin.run.published_at is 'Wall-clock time it was published; null until then.';
comment on column margin.run.base_run_id is
    'Run whose results stand where this one found nothing changed; null for a run that computed everything.';
comment on column margin.run.awaits_review is
    'Whether margin rerun made the run, or went on with it: margin publish alone publishes it.';
comment on column margin.run.superseded_at is 'When a newer run was published instead; null where none was.';

create table margin.run_reason (
    run_id bigint not null references margin.run,
    place integer not null check (place > 0),
    reason margin.label not null check (length(btrim(reason)) > 0),
    given_by text not null default session_user,
    given_at timestamptz not null default clock_timestamp(),
    primary key (run_id, place)
);
create trigger run_reason_is_insert_only before update or delete or truncate on margin.run_reason
    for each statement execute function margin.refuse_change();
comment on table margin.run_reason is
    'Why a run was gone on with, beside the reason it was opened for. Grain: one row a run and further reason.';
comment on column margin.run_reason.run_id is 'Run.';
comment on column margin.run_reason.place is 'Place among the further reasons, from 1.';
comment on column margin.run_reason.reason is 'Reason; never empty.';
comment on column margin.run_reason.given_by is 'Who gave it: the login of the session.';
comment on column margin.run_reason.given_at is 'When. No figure depends on it.';

create table margin.execution (
    execution_id bigint generated always as identity primary key,
    run_id bigint not null references margin.run,
    stage text not null,
    status text not null check (status in ('running', 'succeeded', 'failed', 'abandoned')),
    fingerprint bytea,
    numbers_version integer not null,
    build_version text not null,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    row_count bigint,
    error text,
    reused_execution_id bigint references margin.execution,
    constraint execution_has_ended check ((status = 'running') = (ended_at is null)),
    constraint execution_error_is_clean check (length(error) <= 20000 and error !~ '[\u0001-\u0009\u000b-\u001f\u007f]')
);
create unique index execution_succeeded on margin.execution (run_id, stage) where status = 'succeeded';
create unique index execution_running on margin.execution (run_id, stage) where status = 'running';
comment on table margin.execution is 'Attempts at the stages of a run. Grain: one row an attempt.';
comment on column margin.execution.execution_id is 'Number of the attempt.';
comment on column margin.execution.run_id is 'The run.';
comment on column margin.execution.stage is 'ingest, risk-arrays, offsets, add-ons, stress, calls, attribution or report.';
comment on column margin.execution.status is 'running, succeeded, failed, or abandoned: found dead by the next start.';
comment on column margin.execution.fingerprint is 'SHA-256 of what the stage read: equal fingerprints give equal results.';
comment on column margin.execution.numbers_version is 'Version of the stage''s figures, raised when one can change.';
comment on column margin.execution.build_version is 'Version of the program.';
comment on column margin.execution.started_at is 'Wall-clock time of the start.';
comment on column margin.execution.ended_at is 'Wall-clock time of the end; null while running.';
comment on column margin.execution.row_count is 'Rows written, or findings or files; null unless succeeded.';
comment on column margin.execution.error is
    'Why it failed, as it was printed without the hint, at most 20,000 characters in several lines; null otherwise.';
comment on column margin.execution.reused_execution_id is
    'Execution whose results stand, because it had the same inputs; null where the stage computed.';

create table margin.run_input (
    run_id bigint not null references margin.run,
    table_name text not null,
    version bigint not null,
    row_count bigint not null,
    primary key (run_id, table_name)
);
comment on table margin.run_input is 'Version of each input a run has pinned. Grain: one row a run and input table.';
comment on column margin.run_input.run_id is 'The run.';
comment on column margin.run_input.table_name is 'The input table.';
comment on column margin.run_input.version is 'Last load of that table in the scope of the run.';
comment on column margin.run_input.row_count is 'Rows that load brought in the scope of the run.';

create table margin.result_source (
    run_id bigint not null references margin.run,
    stage text not null,
    source_run_id bigint not null references margin.run check (source_run_id <= run_id),
    primary key (run_id, stage, source_run_id)
) partition by range (run_id);
comment on table margin.result_source is
    'The runs that hold a stage''s results of a run: itself, its base, the base of that, …. Grain: one row a run, stage and run.';
comment on column margin.result_source.run_id is 'Run.';
comment on column margin.result_source.stage is 'Stage.';
comment on column margin.result_source.source_run_id is 'Run that holds results; of a part the newest counts.';

create table margin.computed_part (
    run_id bigint not null references margin.run,
    stage text not null,
    part_kind text not null check (part_kind in ('account', 'member', 'rule', 'series')),
    part text collate "C" not null,
    is_changed boolean not null,
    primary key (run_id, stage, part_kind, part)
) partition by range (run_id);
comment on table margin.computed_part is
    'What a stage of a run computed: the rules of data gates it looked at, and accounts, members and stressed series where it did not compute all. Grain: one row a run, stage and part.';
comment on column margin.computed_part.run_id is 'Run.';
comment on column margin.computed_part.stage is 'Stage: ingest, offsets, add-ons, stress, calls.';
comment on column margin.computed_part.part_kind is 'What a part is: account, member, rule or series.';
comment on column margin.computed_part.part is 'Its code.';
comment on column margin.computed_part.is_changed is
    'Whether the result differs from the base run''s and is kept here; else the base''s stands.';

create table margin.result_table (
    table_name text not null,
    stage text not null,
    part_kind text not null,
    part_column text not null,
    primary key (table_name)
);
comment on table margin.result_table is 'The tables that stages write part by part. Grain: one row a table.';
comment on column margin.result_table.table_name is 'Table.';
comment on column margin.result_table.stage is 'Stage that writes it.';
comment on column margin.result_table.part_kind is 'What its rows belong to: account, member or series.';
comment on column margin.result_table.part_column is 'Column that says to which.';
