-- purpose: makes a partition where there is none. It is made aside and then attached: nobody who reads or writes the
--     table waits. The caller has locked what the table's foreign keys refer to. Attaching copies indexes, keys and
--     row triggers; the trigger that refuses changes is none of these, and holds for statements aimed at the
--     partition itself.
-- after: 01-domains
create or replace function margin.make_partition(target text, partition_name text, first_value text, end_value text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if to_regclass(format('margin_part.%I', partition_name)) is not null then
        return;
    end if;
    execute format('create table margin_part.%I
        (like margin.%I including defaults including constraints including generated including storage)', partition_name, target);
    if exists (select from pg_trigger as t where t.tgrelid = format('margin.%I', target)::regclass
            and t.tgname = target || '_is_insert_only') then
        execute format('create trigger %I before update or delete or truncate on margin_part.%I
            for each statement execute function margin.refuse_change()', target || '_is_insert_only', partition_name);
    end if;
    execute format('alter table margin.%I attach partition margin_part.%I for values from (%L) to (%L)', target,
        partition_name, first_value, end_value);
end
$$;
revoke execute on function margin.make_partition from public;
