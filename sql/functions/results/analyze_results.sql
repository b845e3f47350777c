-- purpose: the same of what a stage wrote for a run. Nobody else does it in time: the next stage starts at once, and
--     a plan for tables that seem empty joins a book of a million rows by nested loops.
-- after: 01-domains
create or replace function margin.analyze_results(of_stage text, run bigint) returns void language plpgsql as $$
begin
    perform margin.analyze_written(w.table_name, array[margin.block_partition(w.table_name, run)])
    from (
        select t.table_name from margin.result_table as t where t.stage = of_stage
        union
        select o.table_name
        from (values ('ingest', 'finding'), ('risk-arrays', 'risk_array')) as o (stage, table_name)
        where o.stage = of_stage
        union
        values ('computed_part'), ('result_source')
    ) as w;
end
$$;
