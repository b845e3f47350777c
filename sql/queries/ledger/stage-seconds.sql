-- purpose: how long a stage took on the nights of a cycle: when it last computed everything, and as a rule when it computed what
--     changes had moved
-- grain: one row: seconds of the last whole execution, median of the last five partial ones; null where there is none
-- reads: execution, result_source, run
-- parameters: $1 stage, $2 cycle
with timed as (
    select e.execution_id, extract(epoch from e.ended_at - e.started_at)::double precision as seconds, not exists (
            select from margin.result_source as s
            where s.run_id = e.run_id and s.stage = e.stage and s.source_run_id <> e.run_id
        ) as is_whole
    from margin.execution as e
    join margin.run as r on r.run_id = e.run_id
    where e.stage = $1 and r.cycle = $2 and e.status = 'succeeded' and e.reused_execution_id is null
)
select
    (select t.seconds from timed as t where t.is_whole order by t.execution_id desc limit 1) as whole_seconds,
    (select percentile_cont(0.5) within group (order by p.seconds)
        from (select t.seconds from timed as t where not t.is_whole order by t.execution_id desc limit 5) as p) as partial_seconds
