-- purpose: what is called before a run is opened, in a transaction of its own: makes the block that its number falls
--     into, and early enough the one after it, so that hardly any run ever waits for those that are under way.
-- after: 01-domains
create or replace function margin.make_room_for_runs() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    next_run bigint := margin.next_run();
    run bigint;
begin
    foreach run in array array[next_run, next_run + 32]
    loop
        continue when not exists (select from margin.tables_without_block(run));
        begin
            if run = next_run then
                lock table margin.run in share row exclusive mode;
            else
                lock table margin.run in share row exclusive mode nowait;
            end if;
            perform margin.make_block(t, run) from margin.tables_without_block(run) as t;
        exception when lock_not_available then
            if run = next_run then
                raise;
            end if;
        end;
    end loop;
end
$$;
