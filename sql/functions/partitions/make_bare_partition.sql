-- purpose: makes a partition aside, without keys and indexes: its rows are checked by their types and rules alone until
--     it is attached. The trigger that refuses changes is not copied by attaching, and holds for statements aimed at
--     the partition itself.
-- after: 01-domains
create or replace function margin.make_bare_partition(target text, partition_name text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    execute format('create table margin_part.%I
        (like margin.%I including defaults including constraints including generated including storage)', partition_name, target);
    if exists (select from pg_trigger as t where t.tgrelid = format('margin.%I', target)::regclass
            and t.tgname = target || '_is_insert_only') then
        execute format('create trigger %I before update or delete or truncate on margin_part.%I
            for each statement execute function margin.refuse_change()', target || '_is_insert_only', partition_name);
    end if;
end
$$;
revoke execute on function margin.make_bare_partition from public;
