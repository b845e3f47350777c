-- purpose: the schema, the domains that keep malformed values out, and the register of loads.
create schema margin;
revoke all on schema margin from public;

create domain margin.code as text collate "C"
    constraint code_is_plain check (value ~ '^[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}$');
create domain margin.member_code as text collate "C"
    constraint member_code_is_a_file_name check (value ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$');
create domain margin.owner_code as text collate "C"
    constraint owner_code_is_plain check (value = '' or value ~ '^[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}$');
create domain margin.currency_code as text collate "C"
    constraint currency_code_is_iso check (value ~ '^[A-Z]{3}$');
create domain margin.contract_month as text collate "C"
    constraint contract_month_is_year_and_month check (value ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');
create domain margin.label as text collate "C"
    constraint label_is_one_clean_line check (length(value) <= 200 and value !~ '[[:cntrl:]\u202a-\u202e\u2066-\u2069]');
create domain margin.cycle as text collate "C"
    constraint cycle_is_known check (value in ('EOD', 'ITD'));
-- Bounded so that products of three stay inside 128 bits.
create domain margin.exact as numeric
    constraint exact_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'))
    constraint exact_is_bounded check (abs(value) < 1e15 and scale(value) <= 12);
create domain margin.non_negative as margin.exact
    constraint non_negative_is_not_negative check (value >= 0);
create domain margin.positive as margin.exact
    constraint positive_is_above_zero check (value > 0);
create domain margin.fraction as margin.exact
    constraint fraction_is_between_zero_and_one check (value between 0 and 1);
create domain margin.amount as numeric
    constraint amount_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'));
create domain margin.finite as double precision
    constraint finite_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'));

create table margin.input_load (
    load_id bigint generated always as identity primary key,
    table_name text not null,
    kind text not null check (kind in ('load', 'correction')),
    source text not null,
    source_sha256 bytea,
    row_count bigint not null check (row_count >= 0),
    reason text,
    loaded_by text not null default session_user,
    loaded_at timestamptz not null default clock_timestamp(),
    constraint correction_has_a_reason check (kind = 'load' or length(btrim(reason)) > 0)
);

create table margin.input_load_date (
    load_id bigint not null references margin.input_load,
    business_date date not null,
    row_count bigint not null check (row_count > 0),
    primary key (load_id, business_date)
);
create table margin.input_load_parameter_set (
    load_id bigint not null references margin.input_load,
    parameter_set text not null,
    primary key (load_id, parameter_set)
);
create index input_load_date_by_date on margin.input_load_date (business_date, load_id);

create function margin.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of %.% are never changed or removed', tg_table_schema, tg_table_name
        using errcode = '23514', hint = 'insert a correction: margin correct, with a reason';
end
$$;
create trigger input_load_is_insert_only before update or delete or truncate on margin.input_load
    for each statement execute function margin.refuse_change();
create trigger input_load_date_is_insert_only before update or delete or truncate on margin.input_load_date
    for each statement execute function margin.refuse_change();
create trigger input_load_parameter_set_is_insert_only
    before update or delete or truncate on margin.input_load_parameter_set
    for each statement execute function margin.refuse_change();

-- Gives an input table its version columns: the revision of its key, the load that brought it and the line it stood on,
-- whether it withdraws the row. Makes it insert-only, indexes corrections, which are few, so that reading a pinned version
-- stays a plain scan, and adds TABLE_as_of(pin): the rows a run that pinned that load sees. The planner inlines it.
create function margin.version_input(plain_name text, key_columns text[]) returns void language plpgsql as $$
declare
    key_list text := array_to_string(key_columns, ', ');
    same_key text := (select string_agg(format('c.%1$I = r.%1$I', k), ' and ') from unnest(key_columns) as k);
begin
    execute format(
        'alter table margin.%1$I add column withdrawn boolean not null default false,
            add column revision integer not null default 1 check (revision > 0),
            add column load_id bigint not null references margin.input_load,
            add column source_line bigint,
            add primary key (%2$s, revision)', plain_name, key_list);
    execute format('create index %I on margin.%I (%s, revision) where revision > 1', plain_name || '_corrections',
        plain_name, key_list);
    execute format('create trigger %I before update or delete or truncate on margin.%I
        for each statement execute function margin.refuse_change()', plain_name || '_is_insert_only', plain_name);
    execute format(
        'create function margin.%1$I(pin bigint) returns setof margin.%2$I language sql stable as $body$
            select r.* from margin.%2$I as r
            where r.load_id <= pin and not r.withdrawn and not exists (
                select from margin.%2$I as c
                where c.revision > 1 and c.revision > r.revision and c.load_id <= pin and %3$s)
        $body$', plain_name || '_as_of', plain_name, same_key);
end
$$;
