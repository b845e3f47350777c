-- purpose: the version of each input table that a date and parameter set would use: the last load that touched it in scope, and
--     the rows loaded; of a history every earlier day counts; intraday_call: the last intraday run published beside
--     the run, and how many there are. Nulls: no date before, a new run.
--     Of the registers it reads the loads of the two dates, of histories and of tables without dates, found by index, whatever
--     the server believes of them.
-- after: 12-runs
create or replace function margin.input_versions(
    pin bigint, on_date date, before date, of_set text, of_cycle text, beside bigint
) returns table (table_name text, version bigint, row_count bigint) language sql stable
    set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    with touched as (
        select d.load_id, d.business_date, d.row_count
        from margin.input_load_date as d
        where d.business_date = any (array[on_date, before])
    ), dated as (
        select (select l.table_name from margin.input_load as l where l.load_id = d.load_id) as table_name, d.load_id,
            d.row_count, d.business_date
        from touched as d
        -- An override of the day before is nothing to this one.
        where d.business_date = on_date
            or not exists (select from margin.input_load_parameter_set as p where p.load_id = d.load_id)
    ), counted as (
        select d.table_name, d.load_id, d.row_count
        from dated as d
        -- Positions of another cycle are another book. There are two, so the first and the last by name are all of
        -- them: two rows of an index, where asking for one reads the book of every date.
        -- Each earlier day of a history counts, and is counted below.
        where d.table_name <> 'risk_factor_level' and (d.table_name <> 'position' or case d.business_date when on_date then of_cycle else 'EOD' end in (
            (select h.cycle from margin.position as h
                where h.load_id = d.load_id and h.business_date = d.business_date order by h.cycle limit 1),
            (select h.cycle from margin.position as h
                where h.load_id = d.load_id and h.business_date = d.business_date order by h.cycle desc limit 1)))
        union all
        select h.table_name, h.load_id, h.row_count
        from (
            select l.table_name, l.load_id, l.row_count - coalesce((
                select sum(d.row_count) from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date > on_date), 0) as row_count
            from margin.input_load as l
            where l.table_name = 'risk_factor_level'
        ) as h
        where h.row_count > 0
        union all
        select l.table_name, l.load_id, l.row_count
        from margin.input_load as l
        -- What only calibrations and backtests read makes no night stale.
        where l.is_undated and l.table_name not in ('backtest', 'calibration_leg', 'calibration_rule', 'calibration_stressed_window',
                'calibration_tier_factor', 'hypothetical_line', 'hypothetical_portfolio', 'impact_threshold', 'sensitivity_change',
                'walk_forward', 'z2_critical')
            and (select d.load_id from margin.input_load_date as d where d.load_id = l.load_id limit 1) is null
    )
    select c.table_name, max(c.load_id), sum(c.row_count)::bigint
    from counted as c
    where c.load_id <= pin and (of_cycle = 'ITD' or c.table_name not like 'intraday\_%')
        and (exists (select from margin.input_load_parameter_set as p where p.load_id = c.load_id and p.parameter_set = of_set)
            or not exists (select from margin.input_load_parameter_set as p where p.load_id = c.load_id))
    group by c.table_name
    union all
    select 'intraday_call', max(r.run_id), count(*)
    from margin.run as r
    where r.business_date = on_date and r.cycle = 'ITD' and r.status = 'published' and r.run_id is distinct from beside
    having count(*) > 0
$$;
comment on function margin.input_versions is
    'The version of each input table that a date and parameter set would use. Grain: one row a table.';
