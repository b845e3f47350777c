-- purpose: create_staging
-- after: 01-domains
create or replace function margin.create_staging(columns text[]) returns void language plpgsql as $$
begin
    execute 'create temporary table staged_row (staged_line bigint generated always as identity, '
        || (select string_agg(format('%I text', c), ', ') from unnest(columns) as c) || ') on commit drop';
end
$$;
