-- purpose: the runs that hold a stage's results as a run sees them, oldest first: a list that the planner works out
--     before it plans.
-- after: 01-domains
create or replace function margin.source_runs(run bigint, of_stage text) returns bigint[] language sql stable parallel safe as $$
    select array_agg(s.source_run_id order by s.source_run_id)
    from margin.result_source as s
    where s.run_id = run and s.stage = of_stage
$$;
comment on function margin.source_runs is
    'The runs that hold a stage''s results as a run sees them, oldest first; of a part the last one counts.';
