-- purpose: runs, executions, the inputs a run has pinned, what ingest refused or flagged.
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
    unique (business_date, cycle, run_number),
    constraint published_run_is_signed check (status not in ('published', 'superseded') or published_at is not null)
);
-- Invariant I1: one published run a date and cycle; and one being built, so that two starts cannot open two.
create unique index run_published on margin.run (business_date, cycle) where status = 'published';
create unique index run_building on margin.run (business_date, cycle) where status = 'building';

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
    error margin.label,
    constraint execution_has_ended check ((status = 'running') = (ended_at is null))
);
create unique index execution_succeeded on margin.execution (run_id, stage) where status = 'succeeded';
create unique index execution_running on margin.execution (run_id, stage) where status = 'running';

create table margin.run_input (
    run_id bigint not null references margin.run,
    table_name text not null,
    version bigint not null,
    row_count bigint not null,
    primary key (run_id, table_name)
);

create table margin.finding (
    run_id bigint not null references margin.run,
    finding bigint not null check (finding > 0),
    rule margin.code not null,
    severity text not null check (severity in ('block', 'flag')),
    table_name text not null,
    row_key text not null,
    source text,
    source_line bigint,
    column_name text not null,
    value text not null,
    message text not null,
    waiver_reason text,
    primary key (run_id, finding)
);
