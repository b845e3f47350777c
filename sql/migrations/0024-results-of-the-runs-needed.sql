-- purpose: statements over results and over what came since read the rows they need and no others.

-- The runs that hold a stage's results as a run sees them, oldest first: a list that the planner works out before it plans.
create function margin.source_runs(run bigint, of_stage text) returns bigint[] language sql stable parallel safe as $$
    select array_agg(s.source_run_id order by s.source_run_id)
    from margin.result_source as s
    where s.run_id = run and s.stage = of_stage
$$;
comment on function margin.source_runs is
    'The runs that hold a stage''s results as a run sees them, oldest first; of a part the last one counts.';

-- As before, without sorting the whole house to find the few parts that a rerun changed.
create or replace function margin.part_source(run bigint, of_stage text, of_kind text)
    returns table (part text, source_run_id bigint) language sql stable parallel safe as $$
    select p.part, p.run_id
    from margin.computed_part as p
    where p.run_id = any (margin.source_runs(run, of_stage)) and p.stage = of_stage and p.part_kind = of_kind
        and p.is_changed and not exists (
            select from margin.computed_part as n
            where n.run_id = any ((margin.source_runs(run, of_stage))[2:]) and n.run_id > p.run_id
                and n.stage = of_stage and n.part_kind = of_kind and n.part = p.part and n.is_changed)
$$;

-- TABLE_of as before, and no row of another run is read.
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
            join margin.%2$I as t on t.run_id = s.source_run_id and t.%5$I = s.part
            where t.run_id = any (margin.source_runs(run, %3$L))
        $body$', plain_name || '_of', plain_name, stage, part_kind, part_kind);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
select margin.refer_results(t.table_name, t.stage, t.part_kind) from margin.result_table as t order by t.table_name;

create or replace function margin.risk_array_of(run bigint) returns setof margin.risk_array
    language sql stable parallel safe as $$
    select r.*
    from margin.risk_array as r
    where r.run_id = any (margin.source_runs(run, 'risk-arrays')) and not exists (
        select from margin.risk_array as n
        where n.series = r.series and n.run_id > r.run_id
            -- Newer than the oldest: what a rerun changed, a few rows.
            and n.run_id = any ((margin.source_runs(run, 'risk-arrays'))[2:]))
$$;

-- The corrections among a run's inputs, cell by cell, with what was known of them when the run was opened.
create function margin.corrected_cell_of_run(which bigint) returns table (
    load_id bigint, kind text, table_name text, row_key text, column_name text, before_value text, after_value text,
    valid_from date, expires_on date, reason text, corrected_by text, approved_by text
) language sql stable as $$
    select c.load_id, case when c.is_override then 'override' else 'correction' end, l.table_name, r.row_key,
        coalesce(f.column_name, ''), f.before_value, f.after_value, r.valid_from, r.expires_on, l.reason, l.loaded_by,
        a.approved_by
    from margin.run as own
    cross join lateral margin.corrections_of_run(own.run_id) as c
    join margin.input_load as l on l.load_id = c.load_id
    join margin.corrected_row as r on r.load_id = c.load_id
    left join margin.corrected_cell as f on f.load_id = r.load_id and f.row_key = r.row_key
    -- What was approved after the run was opened is not in its reports: a replay would show more than the run did.
    left join margin.correction_approval as a on a.load_id = c.load_id and a.approved_at <= own.created_at
    where own.run_id = which
$$;
comment on function margin.corrected_cell_of_run is
    'The corrections and overrides among a run''s inputs. Grain: one row a correction, row and column.';

-- The accounts that the corrections among a run's inputs touch.
create function margin.account_touched_in_run(which bigint)
    returns table (load_id bigint, row_key text, account text, member text) language sql stable as $$
    select t.load_id, t.row_key, t.account, t.member
    from margin.run as r
    cross join lateral (
        select array_agg(c.load_id) as loads
        from margin.corrections_of_run(r.run_id) as c
    ) as u
    cross join lateral (
        select max(d.calendar_date) as previous
        from margin.calendar_date_as_of(r.pinned_load_id) as d
        where d.calendar_date < r.business_date and d.is_business_day
    ) as b
    cross join lateral margin.touched_account(r.pinned_load_id, u.loads, r.business_date, b.previous) as t
    where r.run_id = which
$$;
comment on function margin.account_touched_in_run is
    'The accounts that the corrections among a run''s inputs touch. Grain: one row a correction, row and account.';

-- What came in since a run was pinned, which a rerun asks of every stage: a few rows of many.
create index position_by_load on margin.position (load_id, business_date, cycle);
create index trade_by_load on margin.trade (load_id);
create index settlement_price_by_load on margin.settlement_price (load_id);
create index volatility_by_load on margin.volatility (load_id);
create index collateral_holding_by_load on margin.collateral_holding (load_id);

-- The series of a combined commodity, which a correction's gates look at.
create index series_by_contract on margin.series (contract);
