-- purpose: makes a partition that stands aside part of its table, which gives it keys, indexes and row triggers and
--     looks at the rows that it has already.
-- after: 01-domains
create or replace function margin.attach_partition(target text, partition_name text, first_value text, end_value text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    execute format('alter table margin.%I attach partition margin_part.%I for values from (%L) to (%L)', target,
        partition_name, first_value, end_value);
end
$$;
revoke execute on function margin.attach_partition from public;
