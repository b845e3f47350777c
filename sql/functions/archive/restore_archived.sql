-- purpose: puts the staged rows back as they were: no revision is journalled again. Returns how many.
-- after: 01-domains
create or replace function margin.restore_archived(target text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    columns text := (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute as a
        where a.attrelid = 'pg_temp.archived_row'::regclass and a.attnum > 0 and not a.attisdropped);
    put_back bigint;
    is_input boolean := (select p.is_input from margin.archive_part(null, null) as p where p.table_name = target);
    kind "char" := (select c.relkind from pg_class as c where c.oid = format('margin.%I', target)::regclass);
begin
    if is_input is null then
        raise exception 'rows of % are not archived', target using errcode = '23514';
    end if;
    lock table margin.run, margin.input_load in share row exclusive mode;
    if kind = 'p' and is_input then
        perform margin.make_months(target, array(select distinct t.business_date from pg_temp.archived_row as t));
    elsif kind = 'p' then
        perform margin.make_block(target, b.run)
        from (select distinct margin.block_of(t.run_id) as run from pg_temp.archived_row as t) as b;
    end if;
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
revoke execute on function margin.restore_archived from public;
