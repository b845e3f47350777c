-- purpose: intraday runs have a snapshot of prices of their own, call beyond a trigger and stand beside each other; what they
-- called is netted by the runs after them.

-- A day's intraday prices are no settlement prices: they stand in tables of their own, so that a run of one cycle never finds
-- the other's.
create table margin.intraday_settlement_price (
    business_date date not null,
    series margin.code not null,
    price margin.exact not null,
    currency margin.currency_code not null,
    last_quoted_on date
);
select margin.version_input('intraday_settlement_price', '{business_date, series}');
select margin.journal_corrections('intraday_settlement_price', '{business_date, series}');

create table margin.intraday_underlying_price (
    business_date date not null,
    underlying margin.code not null,
    price margin.exact not null
);
select margin.version_input('intraday_underlying_price', '{business_date, underlying}');
select margin.journal_corrections('intraday_underlying_price', '{business_date, underlying}');

create table margin.intraday_volatility (
    business_date date not null,
    instrument margin.code not null,
    volatility margin.positive not null
);
select margin.version_input('intraday_volatility', '{business_date, instrument}');
select margin.journal_corrections('intraday_volatility', '{business_date, instrument}');

-- The prices a run of a cycle works with: on its own date the cycle's, on every other the settlement's.
create function margin.settlement_price_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.settlement_price language sql stable parallel safe as $$
    select p.*
    from margin.settlement_price_as_of(pin) as p
    where of_cycle = 'EOD' or p.business_date <> on_date
    union all
    select i.business_date, i.series, i.price, i.currency, 'settlement', i.last_quoted_on, i.withdrawn, i.revision, i.load_id,
        i.source_line
    from margin.intraday_settlement_price_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
create function margin.underlying_price_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.underlying_price language sql stable parallel safe as $$
    select p.*
    from margin.underlying_price_as_of(pin) as p
    where of_cycle = 'EOD' or p.business_date <> on_date
    union all
    select i.*
    from margin.intraday_underlying_price_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
create function margin.volatility_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.volatility language sql stable parallel safe as $$
    select v.*
    from margin.volatility_as_of(pin) as v
    where of_cycle = 'EOD' or v.business_date <> on_date
    union all
    select i.*
    from margin.intraday_volatility_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
do $$
declare
    price_table text;
begin
    foreach price_table in array array['settlement_price', 'underlying_price', 'volatility']
    loop
        execute format('alter function margin.%I(bigint) parallel safe', 'intraday_' || price_table || '_as_of');
        execute format('comment on function margin.%I(bigint, date, text) is %L', price_table || '_as_of',
            'Rows of ' || price_table || ' as a run of a cycle sees them: on its own date the cycle''s, else the settlement''s.');
        execute format('comment on column margin.%I.business_date is %L', 'intraday_' || price_table, 'Business date.');
        execute format('comment on column margin.%I.withdrawn is %L', 'intraday_' || price_table,
            'Whether the correction takes the row back.');
        execute format('comment on column margin.%I.revision is %L', 'intraday_' || price_table,
            '1 for a day''s first snapshot of the row, more for those after it; the highest that a run sees counts.');
        execute format('comment on column margin.%I.load_id is %L', 'intraday_' || price_table, 'Load that brought the row.');
        execute format('comment on column margin.%I.source_line is %L', 'intraday_' || price_table,
            'Line of the file the row stood on, the first being 1; null if it came from no file.');
    end loop;
end
$$;
comment on table margin.intraday_settlement_price is
    'Prices that intraday runs work with. Grain: one row a business date and series, with revisions.';
comment on column margin.intraday_settlement_price.series is 'Series.';
comment on column margin.intraday_settlement_price.price is 'Price of the newest snapshot, in price units.';
comment on column margin.intraday_settlement_price.currency is 'Currency of the price.';
comment on column margin.intraday_settlement_price.last_quoted_on is 'Date of the last quotation; null if not known.';
comment on table margin.intraday_underlying_price is
    'Levels that intraday runs work with. Grain: one row a business date and underlying, with revisions.';
comment on column margin.intraday_underlying_price.underlying is 'Underlying.';
comment on column margin.intraday_underlying_price.price is 'Level of the newest snapshot, in price units.';
comment on table margin.intraday_volatility is
    'Assigned volatilities of intraday runs. Grain: one row a business date and instrument, with revisions.';
comment on column margin.intraday_volatility.instrument is 'Series or underlying.';
comment on column margin.intraday_volatility.volatility is 'Volatility a year, above 0.';

-- One end-of-day run a date is published; an intraday run stands beside those before it.
drop index margin.run_published;
create unique index run_published on margin.run (business_date, cycle) where status = 'published' and cycle = 'EOD';

alter table margin.call_rule add column intraday_trigger margin.non_negative;
comment on column margin.call_rule.intraday_trigger is
    'Deficit above which an intraday run calls, 0 or more, in the call currency; null: no intraday calls.';

alter table margin.margin_call
    add column intraday_collected margin.amount not null default 0 check (intraday_collected >= 0),
    add column intraday_trigger margin.amount,
    drop constraint deficit_is_the_sum_of_its_components,
    add constraint deficit_is_the_sum_of_its_components check (
        deficit = requirement + add_ons + unpaid_variation_margin - collateral_value - intraday_collected),
    drop constraint margin_call_reason_code_check,
    add constraint margin_call_reason_code_check check (reason_code in ('deficit_above_threshold', 'deficit_within_threshold',
        'covered', 'excess_returned', 'no_call_rule', 'deficit_above_trigger', 'deficit_within_trigger',
        'no_intraday_trigger'));
alter table margin.margin_call alter column intraday_collected drop default;
comment on column margin.margin_call.intraday_collected is
    'What the published intraday runs of the date before this run called, 0 or more, in the call currency.';
comment on column margin.margin_call.intraday_trigger is
    'Deficit above which the run called; null in an end-of-day run and where the class has none.';
comment on column margin.margin_call.deficit is
    'requirement + add-ons + unpaid variation margin − collateral − collected intraday: + missing, − excess.';
comment on column margin.margin_call.reason_code is
    'deficit_above_threshold, deficit_within_threshold, covered, excess_returned, no_call_rule; intraday also deficit_above_trigger, deficit_within_trigger, no_intraday_trigger.';

-- A later snapshot is a correction of the one before: it is the affair of intraday runs of its date, and of no other run.
create or replace function margin.corrections_of_run(which bigint)
    returns table (load_id bigint, is_override boolean, needs_approval boolean) language sql stable as $$
    with pinned as (
        select r.business_date, r.cycle, r.parameter_set, r.pinned_load_id,
            (select max(c.calendar_date) from margin.calendar_date_as_of(r.pinned_load_id) as c
                where c.calendar_date < r.business_date and c.is_business_day) as previous
        from margin.run as r
        where r.run_id = which
    )
    select l.load_id, o.is_override, o.is_override or margin.is_required('correction_approval')
    from pinned as p
    join margin.input_load as l on l.load_id <= p.pinned_load_id and l.kind = 'correction'
    cross join lateral (
        select exists (select from margin.input_load_parameter_set as s where s.load_id = l.load_id) as is_override
    ) as o
    where case
        when o.is_override then
            exists (select from margin.input_load_parameter_set as s
                where s.load_id = l.load_id and s.parameter_set = p.parameter_set)
            and exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date = p.business_date)
        when l.table_name like 'intraday\_%' then
            p.cycle = 'ITD' and exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date = p.business_date)
        else
            not exists (select from margin.input_load_date as d where d.load_id = l.load_id)
            or exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and (d.business_date in (p.business_date, p.previous)
                    or (l.table_name = 'risk_factor_level' and d.business_date < p.business_date)))
        end
$$;
