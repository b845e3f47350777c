-- purpose: the register of loads, of what was refused, and of what was corrected
create table margin.input_load (
    load_id bigint generated always as identity primary key,
    table_name text not null,
    kind text not null,
    source text not null,
    source_sha256 bytea,
    row_count bigint not null check (row_count >= 0),
    reason text,
    loaded_by text not null default session_user,
    loaded_at timestamptz not null default clock_timestamp(),
    is_undated boolean not null generated always as (table_name not in ('call_event', 'collateral_holding', 'collateral_price',
        'finding_waiver',
        'fx_rate', 'interest_rate', 'intraday_settlement_price', 'intraday_underlying_price', 'intraday_volatility', 'liquidity',
        'position', 'realised_average', 'risk_factor_level', 'settlement_price', 'trade', 'underlying_price',
        'variation_margin_owed', 'volatility')) stored,
    constraint correction_has_a_reason
        check (kind = 'load' or (reason is not null and length(btrim(reason)) > 0)),
    constraint input_load_kind_check check (kind in ('load', 'correction', 'approval')),
    constraint input_load_has_one_loader unique (load_id, loaded_by)
);
-- What a run uses of tables without dates and of histories, and what was corrected: few loads beside those of every date.
create index input_load_undated on margin.input_load (table_name) where is_undated;
create index input_load_corrections on margin.input_load (load_id) where kind = 'correction';
create index input_load_of_levels on margin.input_load (table_name) where table_name = 'risk_factor_level';
create trigger input_load_is_insert_only before update or delete or truncate on margin.input_load
    for each statement execute function margin.refuse_change();
create trigger input_load_is_signed before insert on margin.input_load
    for each row execute function margin.sign_load();
comment on table margin.input_load is
    'Who brought which data, when and from where; a run pins the last load it may see. Grain: one row a load of one table.';
comment on column margin.input_load.load_id is 'Number of the load, ascending in the order of commits.';
comment on column margin.input_load.table_name is 'The input table loaded.';
comment on column margin.input_load.kind is 'load, correction of rows, or approval of a parameter set.';
comment on column margin.input_load.source is 'File the rows came from, as the operator named it.';
comment on column margin.input_load.source_sha256 is 'SHA-256 of the file''s bytes.';
comment on column margin.input_load.row_count is 'Rows loaded, 0 or more.';
comment on column margin.input_load.reason is 'Why it was corrected, proposed or approved; never empty but for a load.';
comment on column margin.input_load.loaded_by is 'Who loaded: the login of the session, set by the database.';
comment on column margin.input_load.loaded_at is 'Wall-clock time of the load. No figure depends on it.';

comment on column margin.input_load.is_undated is
    'Whether the rows are of no business date and no day of a history: what the house is made of, and parameters.';

create table margin.input_load_date (
    load_id bigint not null references margin.input_load,
    business_date date not null,
    row_count bigint not null check (row_count > 0),
    primary key (load_id, business_date)
);
create index input_load_date_by_date on margin.input_load_date (business_date, load_id);
create trigger input_load_date_is_insert_only before update or delete or truncate on margin.input_load_date
    for each statement execute function margin.refuse_change();
create trigger load_is_of_no_archived_date before insert on margin.input_load_date
    for each row execute function margin.refuse_archived_date('inputs');
comment on table margin.input_load_date is
    'The business dates a load touched, so that a correction makes the right runs stale. Grain: one row a load and business date.';
comment on column margin.input_load_date.load_id is 'Load that brought the row.';
comment on column margin.input_load_date.business_date is 'Day that is margined.';
comment on column margin.input_load_date.row_count is 'Rows the load has of that date, above 0.';

create table margin.input_load_parameter_set (
    load_id bigint not null references margin.input_load,
    parameter_set text not null,
    primary key (load_id, parameter_set)
);
create trigger input_load_parameter_set_is_insert_only
    before update or delete or truncate on margin.input_load_parameter_set
    for each statement execute function margin.refuse_change();
comment on table margin.input_load_parameter_set is
    'The parameter sets a load touched. Grain: one row a load and parameter set.';
comment on column margin.input_load_parameter_set.load_id is 'Load that brought the row.';
comment on column margin.input_load_parameter_set.parameter_set is 'Parameter set the row belongs to.';

create table margin.rejected_row (
    rejection bigint not null,
    number integer not null check (number > 0),
    table_name text not null,
    source text not null,
    source_sha256 bytea,
    source_line bigint,
    column_name text not null,
    value text not null,
    reason text not null,
    message text not null,
    rejected_by text not null default session_user,
    rejected_at timestamptz not null default clock_timestamp(),
    primary key (rejection, number),
    constraint reason_is_of_the_closed_set check (reason in (
        'malformed_file', 'unknown_column', 'missing_column', 'missing_value', 'not_a_number', 'not_a_whole_number',
        'not_a_date', 'not_a_flag', 'out_of_range', 'breaks_a_rule', 'stands_twice', 'already_loaded', 'no_such_row',
        'changes_nothing', 'not_a_business_day', 'unknown_reference', 'parameter_rule', 'refused_by_the_database'))
);
create sequence margin.rejection owned by margin.rejected_row.rejection;
create trigger rejected_row_is_signed before insert on margin.rejected_row
    for each row execute function margin.sign_rejection();
create trigger rejected_row_is_insert_only before update or delete or truncate on margin.rejected_row
    for each statement execute function margin.refuse_change();
comment on table margin.rejected_row is
    'What was wrong with the files that were refused; of such a file nothing is loaded. Grain: one row a refused file and fault.';
comment on column margin.rejected_row.rejection is 'Number of the refusal, rising; faults of one attempt share it.';
comment on column margin.rejected_row.number is 'Number of the fault in the refusal, 1 or more.';
comment on column margin.rejected_row.table_name is 'Table the file was for.';
comment on column margin.rejected_row.source is 'File, or the command that gave the row.';
comment on column margin.rejected_row.source_sha256 is 'SHA-256 of the file; null where there is no file.';
comment on column margin.rejected_row.source_line is 'Line of the file, the first being 1; null where there is none.';
comment on column margin.rejected_row.column_name is 'Column or columns at fault; empty for the row as a whole.';
comment on column margin.rejected_row.value is 'What stood there.';
comment on column margin.rejected_row.reason is 'Why it was refused, of a closed set (docs/operations.md).';
comment on column margin.rejected_row.message is 'The fault in words.';
comment on column margin.rejected_row.rejected_by is 'Who tried to load it: the login of the session.';
comment on column margin.rejected_row.rejected_at is 'When.';

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
create index corrected_row_by_date on margin.corrected_row (business_date, load_id);
create index corrected_row_of_set on margin.corrected_row (parameter_set, expires_on) where parameter_set is not null;
create trigger corrected_row_is_insert_only before update or delete or truncate on margin.corrected_row
    for each statement execute function margin.refuse_change();
comment on table margin.corrected_row is
    'Rows that corrections brought, written by the tables'' own triggers. Grain: one row a correction and key.';
comment on column margin.corrected_row.load_id is 'Correction, as a load.';
comment on column margin.corrected_row.row_key is 'Key of the row: its key columns, joined by comma and space.';
comment on column margin.corrected_row.business_date is 'Business date of the row; null for a row without one.';
comment on column margin.corrected_row.parameter_set is 'Parameter set an override belongs to; null for other rows.';
comment on column margin.corrected_row.valid_from is 'First date an override holds for; null for other rows.';
comment on column margin.corrected_row.expires_on is 'Last date an override holds for; null for other rows.';
comment on column margin.corrected_row.cells is 'The row as corrected, by column.';

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
create trigger corrected_cell_is_insert_only before update or delete or truncate on margin.corrected_cell
    for each statement execute function margin.refuse_change();
comment on table margin.corrected_cell is 'What corrections changed. Grain: one row a correction, key and column.';
comment on column margin.corrected_cell.load_id is 'Correction, as a load.';
comment on column margin.corrected_cell.row_key is 'Key of the row.';
comment on column margin.corrected_cell.column_name is 'Column that was changed; withdrawn where the row was taken back.';
comment on column margin.corrected_cell.before_value is 'Value in force before; null where there was none.';
comment on column margin.corrected_cell.after_value is 'Value since; null for none.';
