-- purpose: results are found by what they belong to; which run holds them is asked of each row, and no plan is made by it.

-- A row counts if its run is the one that holds its part. Written as r.run_id = s.source_run_id that is a join of two columns, and
-- the planner takes what it knows of run_id in the whole table, which no run brings up to date: a run that it has not heard of
-- joins with nothing, and what it takes for one row it joins by loops, a million times. Written as int8eq(...) it is a question to
-- each row, which the planner takes for a third of them whatever it knows. The rows there are it knows from the partition, by the
-- list of source_runs; the join is by the part.

-- What a rerun changed is few rows or the whole house, and the planner takes it for none as long as nobody has counted the run's rows.
-- These two are functions that are not opened up: it takes them for a thousand rows and looks them up by a hash.
create function margin.newest_part(run bigint, of_stage text, of_kind text)
    returns table (part text, newest_run_id bigint) language plpgsql stable parallel safe rows 1000 as $$
begin
    return query
        select p.part, max(p.run_id)
        from margin.computed_part as p
        where p.run_id = any ((margin.source_runs(run, of_stage))[2:]) and p.stage = of_stage and p.part_kind = of_kind
            and p.is_changed
        group by p.part;
end
$$;
comment on function margin.newest_part is
    'The parts that any but the oldest of a run''s sources changed, with the newest that did. Grain: one row a part.';
create function margin.newest_array(run bigint)
    returns table (series text, newest_run_id bigint) language plpgsql stable parallel safe rows 1000 as $$
begin
    return query
        select r.series::text, max(r.run_id)
        from margin.risk_array as r
        where r.run_id = any ((margin.source_runs(run, 'risk-arrays'))[2:])
        group by r.series;
end
$$;
comment on function margin.newest_array is
    'The series of which any but the oldest of a run''s sources has an array, with the newest. Grain: one row a series.';

create or replace function margin.part_source(run bigint, of_stage text, of_kind text)
    returns table (part text, source_run_id bigint) language sql stable parallel safe as $$
    select p.part, p.run_id
    from margin.computed_part as p
    where p.run_id = any (margin.source_runs(run, of_stage)) and p.stage = of_stage and p.part_kind = of_kind
        and p.is_changed and not exists (
            select from margin.newest_part(run, of_stage, of_kind) as n
            where n.part = p.part and n.newest_run_id > p.run_id)
$$;

create or replace function margin.risk_array_of(run bigint) returns setof margin.risk_array
    language sql stable parallel safe as $$
    select r.*
    from margin.risk_array as r
    where r.run_id = any (margin.source_runs(run, 'risk-arrays')) and not exists (
        select from margin.newest_array(run) as n
        where n.series = r.series and n.newest_run_id > r.run_id)
$$;

-- TABLE_of as before.
create or replace function margin.refer_results(plain_name text, stage text, part_kind text)
    returns void language plpgsql as $$
begin
    insert into margin.result_table (table_name, stage, part_kind, part_column)
    values (plain_name, stage, part_kind, part_kind)
    on conflict do nothing;
    execute format(
        'create or replace function margin.%1$I(run bigint) returns setof margin.%2$I
            language sql stable parallel safe as $body$
            select t.*
            from margin.part_source(run, %3$L, %4$L) as s
            join margin.%2$I as t on t.%5$I = s.part
            where t.run_id = any (margin.source_runs(run, %3$L)) and int8eq(t.run_id, s.source_run_id)
        $body$', plain_name || '_of', plain_name, stage, part_kind, part_kind);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
select margin.refer_results(t.table_name, t.stage, t.part_kind) from margin.result_table as t order by t.table_name;

create or replace function margin.finding_of(run bigint) returns setof margin.finding language sql stable parallel safe as $$
    select run, row_number() over (order by f.finding), f.rule, f.severity, f.table_name, f.row_key, f.source,
        f.source_line, f.column_name, f.value, f.message, f.waiver_reason
    from margin.part_source(run, 'ingest', 'rule') as s
    join margin.finding as f on f.rule = s.part
    where f.run_id = any (margin.source_runs(run, 'ingest')) and int8eq(f.run_id, s.source_run_id)
$$;

-- As before: no row of another night is read, and what was computed is looked up by a hash, however much it was.
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
                    select max(p.run_id) as run_id
                    from margin.computed_part as p
                    where p.run_id = any ($5) and p.stage = $3 and p.part_kind = $4 and p.part = c.part and p.is_changed
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
