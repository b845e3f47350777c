-- purpose: which run holds each part's results as a run sees them: the newest of its sources that changed the part.
--     As before, without sorting the whole house to find the few parts that a rerun changed.
-- after: 01-domains
create or replace function margin.part_source(run bigint, of_stage text, of_kind text)
    returns table (part text, source_run_id bigint) language sql stable parallel safe as $$
    select p.part, p.run_id
    from margin.computed_part as p
    where p.run_id = any (margin.source_runs(run, of_stage)) and p.stage = of_stage and p.part_kind = of_kind
        and p.is_changed and not exists (
            select from margin.newest_part(run, of_stage, of_kind) as n
            where n.part = p.part and n.newest_run_id > p.run_id)
$$;
comment on function margin.part_source is 'The run that holds each part''s results as a run sees them. Grain: one row a part.';
