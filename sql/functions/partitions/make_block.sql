-- purpose: makes the block of a run in one table of results. The caller has locked the register of runs. The trigger that
--     asks whether the runs of rows are there is not copied by attaching: one of the block's own holds for statements
--     aimed at it.
-- after: 01-domains
create or replace function margin.make_block(target text, run bigint) returns void language plpgsql as $$
declare
    made text := margin.block_partition(target, run);
    first_run bigint := margin.block_of(run);
begin
    perform margin.make_partition(target, made, first_run::text, (first_run + 64)::text);
    if exists (select from pg_catalog.pg_trigger as t where t.tgrelid = format('margin.%I', target)::regclass
            and t.tgname = target || '_is_of_a_run')
        and not exists (select from pg_catalog.pg_trigger as t where t.tgrelid = format('margin_part.%I', made)::regclass
            and t.tgname = target || '_is_of_a_run') then
        execute format('create trigger %I after insert on margin_part.%I
            for each statement execute function margin.refuse_absent_run(%L)', target || '_is_of_a_run', made, first_run);
    end if;
end
$$;
revoke execute on function margin.make_block from public;
