-- purpose: gives an input table its version columns (the revision of its key, the load that brought it and the line it stood on,
--     whether it withdraws the row), makes it insert-only and journalled, and adds TABLE_as_of(pin), which the planner inlines;
--     corrections are few and have an index of their own, so that reading a pinned version stays a plain scan
-- after: 01-domains
create or replace function margin.version_input(plain_name text, key_columns text[]) returns void language plpgsql as $$
declare
    key_list text := array_to_string(key_columns, ', ');
    same_key text := (select string_agg(format('c.%1$I = r.%1$I', k), ' and ') from unnest(key_columns) as k);
begin
    execute format(
        'alter table margin.%1$I add column withdrawn boolean not null default false,
            add column revision integer not null default 1 check (revision > 0),
            add column load_id bigint not null,
            add column source_line bigint,
            add primary key (%2$s, revision)', plain_name, key_list);
    execute format('create index %I on margin.%I (%s, revision) where revision > 1', plain_name || '_corrections',
        plain_name, key_list);
    perform margin.guard_input(plain_name, key_columns);
    execute format(
        'create function margin.%1$I(pin bigint) returns setof margin.%2$I language sql stable parallel safe as $body$
            select r.* from margin.%2$I as r
            where r.load_id <= pin and not r.withdrawn and not exists (
                select from margin.%2$I as c
                where c.revision > 1 and c.revision > r.revision and c.load_id <= pin and %3$s)
        $body$', plain_name || '_as_of', plain_name, same_key);
    execute format('comment on column margin.%I.withdrawn is %L', plain_name,
        'Whether this revision takes the row back: readers then see none.');
    execute format('comment on column margin.%I.revision is %L', plain_name,
        '1 for the row as first loaded, one more for each correction; the highest a run sees counts.');
end
$$;
