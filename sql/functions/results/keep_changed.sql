-- purpose: takes from a run what a stage computed and found equal to the base's, so that the base's rows stand for
--     it. Returns the rows taken. No row of another night is read, and what was computed is looked up by a hash, however
--     much it was.
-- after: 01-domains
create or replace function margin.keep_changed(run bigint, base bigint, of_stage text) returns bigint language plpgsql as $$
declare
    target record;
    sources bigint[] := margin.source_runs(base, of_stage);
    taken bigint := 0;
    rows_taken bigint;
begin
    update margin.computed_part as p set is_changed = false where p.run_id = run and p.stage = of_stage;
    for target in select t.table_name, t.part_kind, t.part_column from margin.result_table as t
        where t.stage = of_stage order by t.table_name
    loop
        execute format(
            'with own as (
                select t.%2$I::text as part, to_jsonb(t) - ''run_id'' as cells from margin.%1$I as t where t.run_id = $1
            ),
            before as (
                select t.%2$I::text as part, to_jsonb(t) - ''run_id'' as cells
                from margin.computed_part as c
                cross join lateral (
                    select coalesce(max(p.run_id), $5[1]) as run_id
                    from margin.computed_part as p
                    where p.run_id = any ($5[2:]) and p.stage = $3 and p.part_kind = $4 and p.part = c.part and p.is_changed
                ) as s
                join margin.%1$I as t on t.%2$I = c.part
                where c.run_id = $1 and c.stage = $3 and c.part_kind = $4
                    and t.run_id = any ($5) and int8eq(t.run_id, s.run_id)
            ),
            different as (
                (select o.part, o.cells from own as o except all select b.part, b.cells from before as b)
                union all
                (select b.part, b.cells from before as b except all select o.part, o.cells from own as o)
            )
            update margin.computed_part as p
            set is_changed = true
            where p.run_id = $1 and p.stage = $3 and p.part_kind = $4
                and (p.part in (select d.part from different as d)) is true',
            target.table_name, target.part_column)
            using run, base, of_stage, target.part_kind, sources;
    end loop;
    for target in select t.table_name, t.part_kind, t.part_column from margin.result_table as t
        where t.stage = of_stage order by t.table_name
    loop
        execute format(
            'delete from margin.%1$I as t
            where t.run_id = $1 and (t.%2$I in (
                select p.part from margin.computed_part as p
                where p.run_id = $1 and p.stage = $2 and p.part_kind = $3 and not p.is_changed)) is true',
            target.table_name, target.part_column)
            using run, of_stage, target.part_kind;
        get diagnostics rows_taken = row_count;
        taken := taken + rows_taken;
    end loop;
    return taken;
end
$$;
comment on function margin.keep_changed is 'Takes from a run what its base holds already.';
