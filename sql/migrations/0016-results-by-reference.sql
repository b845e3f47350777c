-- purpose: a run refers to the results of the run it is based on for every part that a change of inputs left as it was.

alter table margin.run add column base_run_id bigint references margin.run;
comment on column margin.run.base_run_id is
    'Run whose results stand where this one found nothing changed; null for a run that computed everything.';

create table margin.result_source (
    run_id bigint not null references margin.run,
    stage text not null,
    source_run_id bigint not null references margin.run check (source_run_id <= run_id),
    primary key (run_id, stage, source_run_id)
);
comment on table margin.result_source is
    'The runs that hold a stage''s results of a run: itself, its base, the base of that, …. Grain: one row a run, stage and run.';
comment on column margin.result_source.run_id is 'Run.';
comment on column margin.result_source.stage is 'Stage.';
comment on column margin.result_source.source_run_id is 'Run that holds results; of a part the newest counts.';

alter table margin.execution add column reused_execution_id bigint references margin.execution;
comment on column margin.execution.reused_execution_id is
    'Execution whose results stand, because it had the same inputs; null where the stage computed.';

create table margin.computed_part (
    run_id bigint not null references margin.run,
    stage text not null,
    part_kind text not null check (part_kind in ('account', 'member', 'rule')),
    part text collate "C" not null,
    is_changed boolean not null,
    primary key (run_id, stage, part_kind, part)
);
comment on table margin.computed_part is
    'What a stage of a run computed. Grain: one row a run, stage, and account, member or rule of a data gate.';
comment on column margin.computed_part.run_id is 'Run.';
comment on column margin.computed_part.stage is 'Stage: ingest, offsets, add-ons, calls.';
comment on column margin.computed_part.part_kind is 'What a part is: account, member or rule.';
comment on column margin.computed_part.part is 'Its code.';
comment on column margin.computed_part.is_changed is
    'Whether the result differs from the base run''s and is kept here; else the base''s stands.';

-- Which run holds each part's results as a run sees them: the newest of its sources that changed the part.
create function margin.part_source(run bigint, of_stage text, of_kind text)
    returns table (part text, source_run_id bigint) language sql stable parallel safe as $$
    select distinct on (p.part) p.part, p.run_id
    from margin.result_source as s
    join margin.computed_part as p on p.run_id = s.source_run_id
    where s.run_id = run and s.stage = of_stage and p.stage = of_stage and p.part_kind = of_kind and p.is_changed
    order by p.part, p.run_id desc
$$;
comment on function margin.part_source is
    'The run that holds each part''s results as a run sees them. Grain: one row a part.';

-- Who holds a series: what a corrected price moves.
create index position_by_series on margin.position (series, business_date);

create table margin.result_table (
    table_name text not null,
    stage text not null,
    part_kind text not null,
    part_column text not null,
    primary key (table_name)
);
comment on table margin.result_table is 'The tables that stages write part by part. Grain: one row a table.';
comment on column margin.result_table.table_name is 'Table.';
comment on column margin.result_table.stage is 'Stage that writes it.';
comment on column margin.result_table.part_kind is 'What its rows belong to: account or member.';
comment on column margin.result_table.part_column is 'Column that says to which.';

-- Registers a result table and adds TABLE_of(run): its rows as a run sees them, whichever run holds them.
create function margin.refer_results(plain_name text, stage text, part_kind text) returns void language plpgsql as $$
begin
    insert into margin.result_table (table_name, stage, part_kind, part_column)
    values (plain_name, stage, part_kind, part_kind);
    execute format(
        'create function margin.%1$I(run bigint) returns setof margin.%2$I language sql stable parallel safe as $body$
            select t.*
            from margin.part_source(run, %3$L, %4$L) as s
            join margin.%2$I as t on t.run_id = s.source_run_id and t.%5$I = s.part
        $body$', plain_name || '_of', plain_name, stage, part_kind, part_kind);
    execute format('comment on function margin.%I is %L', plain_name || '_of',
        'Rows of ' || plain_name || ' as a run sees them, whichever run holds them.');
end
$$;
comment on function margin.refer_results is 'Registers a result table and adds TABLE_of(run).';

select margin.refer_results('combined_commodity_risk', 'offsets', 'account');
select margin.refer_results('tier_risk', 'offsets', 'account');
select margin.refer_results('spread_leg_formed', 'offsets', 'account');
select margin.refer_results('scan_spread_risk', 'offsets', 'account');
select margin.refer_results('delivery_month_charge', 'offsets', 'account');
select margin.refer_results('currency_requirement', 'offsets', 'account');
select margin.refer_results('requirement', 'offsets', 'account');
select margin.refer_results('add_on', 'add-ons', 'account');
select margin.refer_results('requirement_at_credit_cut', 'add-ons', 'account');
select margin.refer_results('member_concentration', 'add-ons', 'member');
select margin.refer_results('variation_margin', 'calls', 'account');
select margin.refer_results('collateral_value', 'calls', 'account');
select margin.refer_results('margin_call', 'calls', 'account');

-- Published arrays are one row a series: the newest of a run's sources that has one holds it.
create function margin.risk_array_of(run bigint) returns setof margin.risk_array language sql stable parallel safe as $$
    select r.*
    from margin.result_source as s
    join margin.risk_array as r on r.run_id = s.source_run_id
    where s.run_id = run and s.stage = 'risk-arrays' and not exists (
        select from margin.result_source as c
        join margin.risk_array as n on n.run_id = c.source_run_id
        where c.run_id = run and c.stage = 'risk-arrays' and n.run_id > r.run_id and n.series = r.series)
$$;
comment on function margin.risk_array_of is 'Published arrays as a run sees them, whichever run holds them.';

-- Takes from a run the arrays that its base holds equal. Returns how many.
create function margin.keep_changed_arrays(run bigint, base bigint) returns bigint language plpgsql as $$
declare
    taken bigint;
begin
    delete from margin.risk_array as r
    using margin.risk_array_of(base) as b
    where r.run_id = run and b.series = r.series and to_jsonb(b) - 'run_id' = to_jsonb(r) - 'run_id';
    get diagnostics taken = row_count;
    return taken;
end
$$;
comment on function margin.keep_changed_arrays is 'Takes from a run the arrays that its base holds equal.';

-- Findings belong to the rule that found them.
create function margin.finding_of(run bigint) returns setof margin.finding language sql stable parallel safe as $$
    select run, row_number() over (order by f.finding), f.rule, f.severity, f.table_name, f.row_key, f.source,
        f.source_line, f.column_name, f.value, f.message, f.waiver_reason
    from margin.part_source(run, 'ingest', 'rule') as s
    join margin.finding as f on f.run_id = s.source_run_id and f.rule = s.part
$$;
comment on function margin.finding_of is 'Findings as a run sees them, whichever run holds them, numbered from 1.';

-- Takes from a run what a stage computed and found equal to the base's, so that the base's rows stand for it.
-- Returns the rows taken.
create function margin.keep_changed(run bigint, base bigint, of_stage text) returns bigint language plpgsql as $$
declare
    target record;
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
                    from margin.result_source as s
                    join margin.computed_part as p on p.run_id = s.source_run_id
                    where s.run_id = $2 and s.stage = $3 and p.stage = $3 and p.part_kind = $4 and p.part = c.part
                        and p.is_changed
                ) as s
                join margin.%1$I as t on t.run_id = s.run_id and t.%2$I = c.part
                where c.run_id = $1 and c.stage = $3 and c.part_kind = $4
            ),
            different as (
                (select o.part, o.cells from own as o except all select b.part, b.cells from before as b)
                union all
                (select b.part, b.cells from before as b except all select o.part, o.cells from own as o)
            )
            update margin.computed_part as p
            set is_changed = true
            where p.run_id = $1 and p.stage = $3 and p.part_kind = $4 and p.part in (select d.part from different as d)',
            target.table_name, target.part_column)
            using run, base, of_stage, target.part_kind;
    end loop;
    for target in select t.table_name, t.part_kind, t.part_column from margin.result_table as t
        where t.stage = of_stage order by t.table_name
    loop
        execute format(
            'delete from margin.%1$I as t
            using margin.computed_part as p
            where t.run_id = $1 and p.run_id = $1 and p.stage = $2 and p.part_kind = $3 and not p.is_changed
                and p.part = t.%2$I', target.table_name, target.part_column)
            using run, of_stage, target.part_kind;
        get diagnostics rows_taken = row_count;
        taken := taken + rows_taken;
    end loop;
    return taken;
end
$$;
comment on function margin.keep_changed is 'Takes from a run what its base holds already.';

-- What the runs before this migration computed: everything.
insert into margin.result_source (run_id, stage, source_run_id)
select r.run_id, s.stage, r.run_id
from margin.run as r
cross join unnest(array['ingest', 'risk-arrays', 'offsets', 'add-ons', 'calls']) as s (stage);
insert into margin.computed_part (run_id, stage, part_kind, part, is_changed)
select distinct r.run_id, 'offsets', 'account', r.account, true from margin.combined_commodity_risk as r
union all
select distinct a.run_id, 'add-ons', 'account', a.account, true from (
    select o.run_id, o.account from margin.add_on as o
    union all
    select c.run_id, c.account from margin.requirement_at_credit_cut as c) as a
union all
select distinct m.run_id, 'add-ons', 'member', m.member, true from margin.member_concentration as m
union all
select distinct c.run_id, 'calls', 'account', c.account, true from margin.margin_call as c
union all
select distinct f.run_id, 'ingest', 'rule', f.rule, true from margin.finding as f;

drop view margin.position_greeks;
create view margin.position_greeks with (security_invoker = true) as
select r.run_id, p.account, p.owner, p.series, p.long_quantity - p.short_quantity as quantity,
    f.factor * a.delta as delta, f.factor * a.gamma as gamma, f.factor * a.vega as vega, f.factor * a.theta as theta,
    f.factor * a.rho as rho
from margin.run as r
cross join lateral margin.position_as_of(r.pinned_load_id) as p
join lateral margin.risk_array_of(r.run_id) as a on a.series = p.series
cross join lateral margin.series_as_of(r.pinned_load_id) as s
cross join lateral margin.contract_as_of(r.pinned_load_id) as c
cross join lateral (
    select (p.long_quantity - p.short_quantity)
        * case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
) as f
where p.business_date = r.business_date and p.cycle = r.cycle and s.series = p.series and c.contract = s.contract
    and (p.long_quantity <> 0 or p.short_quantity <> 0);

comment on view margin.position_greeks is
    'Greeks of the positions a run margined, for all contracts held, in money. Grain: one row a run, account, owner and series.';
comment on column margin.position_greeks.run_id is 'The run.';
comment on column margin.position_greeks.account is 'Margin account.';
comment on column margin.position_greeks.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.position_greeks.series is 'Series.';
comment on column margin.position_greeks.quantity is 'Long less short contracts.';
comment on column margin.position_greeks.delta is
    'Gain for one unit of the underlying price, + for a long underlying, in the combined commodity''s currency.';
comment on column margin.position_greeks.gamma is 'Change of delta for one unit of the underlying price; null for futures.';
comment on column margin.position_greeks.vega is
    'Gain for 1.00 of volatility (bachelier: one price unit of it); null for futures.';
comment on column margin.position_greeks.theta is 'Gain over one calendar day; null for futures.';
comment on column margin.position_greeks.rho is 'Gain for 1.00 of the rate; null for futures.';

-- Files: the run in whose folder each stands, the digest of what it says, and the run whose file it replaces.
alter table margin.report_file
    add column content_sha256 bytea check (length(content_sha256) = 32),
    add column issued_run_number integer check (issued_run_number > 0),
    add column corrects_run_number integer check (corrects_run_number > 0);
comment on column margin.report_file.content_sha256 is
    'SHA-256 of the report''s columns and rows without the run''s own; null in runs before it was kept.';
comment on column margin.report_file.issued_run_number is 'Number of the run in whose folder the file stands.';
comment on column margin.report_file.corrects_run_number is 'Number of the run whose file of this report it replaces.';

create table margin.report_total (
    run_id bigint not null references margin.run,
    report margin.code not null,
    member margin.owner_code not null,
    figure text not null,
    currency margin.currency_code not null,
    amount margin.amount not null,
    row_count bigint not null check (row_count >= 0),
    primary key (run_id, report, member, figure, currency)
);
comment on table margin.report_total is
    'Control totals taken while reports were written. Grain: one row a run, report, member, figure and currency.';
comment on column margin.report_total.run_id is 'Run that wrote the report.';
comment on column margin.report_total.report is 'Report.';
comment on column margin.report_total.member is 'Member; empty for the house.';
comment on column margin.report_total.figure is 'Column that was added up.';
comment on column margin.report_total.currency is 'Currency of the sum.';
comment on column margin.report_total.amount is 'The sum.';
comment on column margin.report_total.row_count is 'Rows added.';
