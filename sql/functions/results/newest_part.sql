-- purpose: the oldest of a run's sources computed everything and lists no parts; whatever a newer one changed stands there. What
--     a rerun changed is few rows or the whole house, and the planner takes it for none as long as nobody has counted the
--     run's rows. This is a function that is not opened up: it takes it for a thousand rows and looks them up by a hash.
-- after: 01-domains
create or replace function margin.newest_part(run bigint, of_stage text, of_kind text)
    returns table (part text, newest_run_id bigint) language plpgsql stable parallel safe rows 1000 as $$
begin
    return query
        select p.part, max(p.run_id)
        from margin.computed_part as p
        where p.run_id = any ((select (margin.source_runs(run, of_stage))[2:])::bigint[]) and p.stage = of_stage and p.part_kind = of_kind
            and p.is_changed
        group by p.part;
end
$$;
comment on function margin.newest_part is
    'The parts that any but the oldest of a run''s sources changed, with the newest that did. Grain: one row a part.';
