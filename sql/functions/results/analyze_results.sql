-- purpose: tells the planner of what was written into some result tables for a run. Nobody else does it in time: the next
--     stage starts at once, and a plan for tables that seem empty joins a book of a million rows by nested loops.
-- after: 01-domains
create or replace function margin.analyze_results(tables text[], run bigint) returns void language plpgsql as $$
begin
    perform margin.analyze_written(t.table_name, array[margin.block_partition(t.table_name, run)])
    from unnest(tables) as t (table_name);
end
$$;
