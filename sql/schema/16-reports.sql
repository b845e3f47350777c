-- purpose: the files a run has issued and their control totals
create table margin.report_file (
    run_id bigint not null,
    file_name text collate "C" not null,
    report text collate "C" not null,
    member text collate "C" not null,
    format text not null check (format in ('csv', 'html', 'json')),
    row_count bigint not null check (row_count >= 0),
    byte_count bigint not null check (byte_count >= 0),
    sha256 bytea not null check (length(sha256) = 32),
    content_sha256 bytea check (length(content_sha256) = 32),
    issued_run_number integer check (issued_run_number > 0),
    corrects_run_number integer check (corrects_run_number > 0),
    primary key (run_id, file_name)
) partition by range (run_id);
create trigger report_file_is_of_a_run after insert on margin.report_file referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
comment on table margin.report_file is 'Files of a run''s reports, as its manifest lists them. Grain: one row a run and file.';
comment on column margin.report_file.run_id is 'The run.';
comment on column margin.report_file.file_name is 'Name of the file in the run''s folder.';
comment on column margin.report_file.report is 'Which report it is, such as margin-call.';
comment on column margin.report_file.member is 'Member it is for; empty for a report of the run.';
comment on column margin.report_file.format is 'csv, html or json.';
comment on column margin.report_file.row_count is 'Rows in it, 0 or more.';
comment on column margin.report_file.byte_count is 'Its length in bytes.';
comment on column margin.report_file.sha256 is 'SHA-256 of its bytes.';
comment on column margin.report_file.content_sha256 is
    'SHA-256 of the report''s columns and rows without the run''s own; null in runs before it was kept.';
comment on column margin.report_file.issued_run_number is 'Number of the run in whose folder the file stands.';
comment on column margin.report_file.corrects_run_number is 'Number of the run whose file of this report it replaces.';

create table margin.report_total (
    run_id bigint not null,
    report text collate "C" not null,
    member text collate "C" not null,
    figure text not null,
    currency text collate "C" not null,
    amount numeric not null,
    row_count bigint not null check (row_count >= 0),
    primary key (run_id, report, member, figure, currency),
    constraint numbers_are_finite check (
        amount > '-Infinity' and amount < 'Infinity')
) partition by range (run_id);
create trigger report_total_is_of_a_run after insert on margin.report_total referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
comment on table margin.report_total is
    'Control totals taken while reports were written. Grain: one row a run, report, member, figure and currency.';
comment on column margin.report_total.run_id is 'Run that wrote the report.';
comment on column margin.report_total.report is 'Report.';
comment on column margin.report_total.member is 'Member; empty for the house.';
comment on column margin.report_total.figure is 'Column that was added up.';
comment on column margin.report_total.currency is 'Currency of the sum.';
comment on column margin.report_total.amount is 'The sum.';
comment on column margin.report_total.row_count is 'Rows added.';
