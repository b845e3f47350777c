-- purpose: makes a partition where there is none. It is made aside and then attached: nobody who reads or writes the
--     table waits. The caller has locked what the table's foreign keys refer to.
-- after: 01-domains
create or replace function margin.make_partition(target text, partition_name text, first_value text, end_value text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if to_regclass(format('margin_part.%I', partition_name)) is not null then
        return;
    end if;
    perform margin.make_bare_partition(target, partition_name);
    perform margin.attach_partition(target, partition_name, first_value, end_value);
end
$$;
revoke execute on function margin.make_partition from public;
