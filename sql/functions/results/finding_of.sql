-- purpose: findings belong to the rule that found them.
-- after: 13-results-of-offsets
create or replace function margin.finding_of(run bigint) returns setof margin.finding language sql stable parallel safe as $$
    select run, row_number() over (order by f.finding), f.rule, f.severity, f.table_name, f.row_key, f.source,
        f.source_line, f.column_name, f.value, f.message, f.waiver_reason, f.is_essential
    from margin.finding as f
    left join margin.newest_part(run, 'ingest', 'rule') as n on n.part = f.rule
    where f.run_id = any ((select margin.source_runs(run, 'ingest'))::bigint[])
        and int8eq(f.run_id, coalesce(n.newest_run_id, (select (margin.source_runs(run, 'ingest'))[1])))
$$;
comment on function margin.finding_of is 'Findings as a run sees them, whichever run holds them, numbered from 1.';
