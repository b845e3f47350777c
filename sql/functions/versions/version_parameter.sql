-- purpose: gives a table of a parameter set its version columns: a row's own revision is 1, higher ones are overrides that hold on
--     the dates they name and on no other; makes it insert-only and journalled, and adds TABLE_as_of(pin, on_date)
-- after: 01-domains
create or replace function margin.version_parameter(plain_name text, key_columns text[]) returns void language plpgsql as $$
declare
    key_list text := array_to_string(key_columns, ', ');
    same_key text := (select string_agg(format('c.%1$I = r.%1$I', k), ' and ') from unnest(key_columns) as k);
begin
    execute format(
        'alter table margin.%1$I add column load_id bigint not null,
            add column revision integer not null default 1 check (revision > 0),
            add column source_line bigint, add column valid_from date, add column expires_on date,
            add primary key (%2$s, revision),
            add constraint override_has_its_dates check ((revision > 1) = (valid_from is not null)
                and (revision > 1) = (expires_on is not null)),
            add constraint override_expires_within_a_year check (expires_on between valid_from and valid_from + 366)',
        plain_name, key_list);
    execute format('create index %I on margin.%I (%s, revision) where revision > 1', plain_name || '_overrides',
        plain_name, key_list);
    perform margin.guard_input(plain_name, key_columns);
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
    execute format('comment on column margin.%I.valid_from is %L', plain_name,
        'First business date an override holds for; null for the set''s own row.');
    execute format('comment on column margin.%I.expires_on is %L', plain_name,
        'Last date an override holds for; after it the set''s own row holds again; null for the set''s own row.');
    if exists (select from pg_attribute as a
            where a.attrelid = format('margin.%I', plain_name)::regclass and a.attname = 'parent_revision') then
        execute format('comment on column margin.%I.parent_revision is %L', plain_name,
            'Always 1: the row belongs to its parent''s own row.');
    end if;
end
$$;
