-- purpose: A place for the rows of a file of an archive, with the types of their table; the session may fill it.
-- after: 01-domains
create or replace function margin.stage_archived(target text, columns text[]) returns void
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
revoke execute on function margin.stage_archived from public;
