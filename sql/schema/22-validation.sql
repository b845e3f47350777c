-- purpose: validation: what is tested against what was held, and what the tests came to
create table margin.backtest (
    backtest margin.code not null,
    account_class margin.code not null,
    from_date date not null,
    to_date date not null,
    confidence margin.fraction not null check (confidence > 0.5 and confidence < 1),
    horizon_days smallint not null check (horizon_days between 1 and 60),
    interval_level margin.fraction not null default 0.95 check (interval_level > 0.5 and interval_level < 1),
    significance margin.fraction not null default 0.05 check (significance > 0 and significance < 0.5),
    constraint nights_are_in_order check (from_date <= to_date)
);
-- backtest_as_of(pin): the rows of the loads up to one.
select margin.version_input('backtest', '{backtest}');
comment on table margin.backtest is
    'Backtests: which nights are held against what came after them, and how. Grain: one row a backtest.';
comment on column margin.backtest.backtest is 'The backtest''s code.';
comment on column margin.backtest.account_class is 'Account class under which hypothetical portfolios are margined.';
comment on column margin.backtest.from_date is 'First night that is tested.';
comment on column margin.backtest.to_date is 'Last night that is tested.';
comment on column margin.backtest.confidence is 'Confidence the margin is to have, above 0.5 and below 1.';
comment on column margin.backtest.horizon_days is 'Business days over which a night''s move is taken, 1 to 60.';
comment on column margin.backtest.interval_level is 'Level of the coverage interval, above 0.5 and below 1.';
comment on column margin.backtest.significance is 'P-value below which a test speaks against the margin, above 0 and below 0.5.';

create table margin.hypothetical_portfolio (
    portfolio margin.code not null,
    kind text not null
        check (kind in ('outright', 'calendar', 'inter_commodity', 'straddle', 'deep_otm_short', 'concentrated'))
);
-- hypothetical_portfolio_as_of(pin): the rows of the loads up to one.
select margin.version_input('hypothetical_portfolio', '{portfolio}');
comment on table margin.hypothetical_portfolio is
    'Portfolios that nobody holds, margined each night of a backtest. Grain: one row a portfolio.';
comment on column margin.hypothetical_portfolio.portfolio is 'The portfolio''s code.';
comment on column margin.hypothetical_portfolio.kind is
    'outright, calendar, inter_commodity, straddle, deep_otm_short or concentrated; the lines are held to it.';

create table margin.hypothetical_line (
    portfolio margin.code not null,
    number smallint not null check (number >= 1),
    combined_commodity margin.code not null,
    instrument text not null check (instrument in ('future', 'call', 'put')),
    month_rank smallint not null check (month_rank >= 1),
    moneyness margin.positive,
    quantity bigint check (quantity <> 0),
    adv_multiple margin.exact check (adv_multiple <> 0),
    constraint moneyness_is_of_options check ((instrument = 'future') = (moneyness is null)),
    constraint quantity_or_multiple check (num_nulls(quantity, adv_multiple) = 1)
);
-- hypothetical_line_as_of(pin): the rows of the loads up to one.
select margin.version_input('hypothetical_line', '{portfolio, number}');
comment on table margin.hypothetical_line is 'What hypothetical portfolios hold. Grain: one row a portfolio and number.';
comment on column margin.hypothetical_line.portfolio is 'The portfolio.';
comment on column margin.hypothetical_line.number is '1, 2, … within the portfolio.';
comment on column margin.hypothetical_line.combined_commodity is 'Combined commodity of the series.';
comment on column margin.hypothetical_line.instrument is 'future, call or put.';
comment on column margin.hypothetical_line.month_rank is
    'Which of the listed contract months that do not expire by the horizon: 1 for the nearest.';
comment on column margin.hypothetical_line.moneyness is
    'Strike wanted as a multiple of the underlying''s price, above 0; options only.';
comment on column margin.hypothetical_line.quantity is 'Contracts, long +; null where a multiple is given.';
comment on column margin.hypothetical_line.adv_multiple is
    'Multiple of the night''s average daily volume, long +; concentrated portfolios only.';

create table margin.walk_forward (
    backtest margin.code not null,
    walk_forward margin.code not null,
    item margin.code not null,
    key margin.label not null,
    contract_value_factor margin.positive not null,
    currency margin.currency_code not null,
    recalibrate_days smallint not null check (recalibrate_days >= 1),
    first_day date,
    without_tools boolean not null default false
);
-- walk_forward_as_of(pin): the rows of the loads up to one.
select margin.version_input('walk_forward', '{backtest, walk_forward}');
comment on table margin.walk_forward is
    'Calibration rules walked over their factor''s history. Grain: one row a backtest and walk-forward.';
comment on column margin.walk_forward.backtest is 'The backtest.';
comment on column margin.walk_forward.walk_forward is 'The walk-forward''s code.';
comment on column margin.walk_forward.item is 'Item of the calibration rule: price_scan_range.';
comment on column margin.walk_forward.key is 'Key of the calibration rule, whose confidence and horizon count.';
comment on column margin.walk_forward.contract_value_factor is 'Money a unit of price, above 0.';
comment on column margin.walk_forward.currency is 'Currency of the margin.';
comment on column margin.walk_forward.recalibrate_days is 'Days of the factor from one calibration to the next, 1 or more.';
comment on column margin.walk_forward.first_day is 'Day from which a first calibration is looked for; null: the history''s first.';
comment on column margin.walk_forward.without_tools is
    'Whether the rule is taken without its tools against procyclicality and without step limit.';

create table margin.sensitivity_change (
    backtest margin.code not null,
    walk_forward margin.code not null,
    parameter text not null check (parameter in ('lambda', 'look_back_days', 'confidence', 'horizon_days')),
    value margin.positive not null
);
-- sensitivity_change_as_of(pin): the rows of the loads up to one.
select margin.version_input('sensitivity_change', '{backtest, walk_forward, parameter, value}');
comment on table margin.sensitivity_change is
    'Changes of one figure of a rule at a time, each walked on its own. Grain: one row a walk-forward, parameter and value.';
comment on column margin.sensitivity_change.backtest is 'The backtest.';
comment on column margin.sensitivity_change.walk_forward is 'The walk-forward whose rule is changed.';
comment on column margin.sensitivity_change.parameter is 'lambda, look_back_days, confidence or horizon_days.';
comment on column margin.sensitivity_change.value is 'What it is changed to.';

create table margin.z2_critical (
    nights integer not null check (nights >= 1),
    exception_probability margin.fraction not null check (exception_probability > 0 and exception_probability < 1),
    yellow margin.exact not null check (yellow < 0),
    red margin.exact not null,
    constraint red_is_further_out check (red < yellow)
);
-- z2_critical_as_of(pin): the rows of the loads up to one.
select margin.version_input('z2_critical', '{nights, exception_probability}');
comment on table margin.z2_critical is
    'Critical values of the test of expected shortfall. Grain: one row a number of nights and probability.';
comment on column margin.z2_critical.nights is 'Nights n of the statistic, 1 or more.';
comment on column margin.z2_critical.exception_probability is 'p = 1 − confidence, above 0 and below 1.';
comment on column margin.z2_critical.yellow is 'Below it the statistic is yellow: its 5 % point, below 0.';
comment on column margin.z2_critical.red is 'Below it the statistic is red: its 0.01 % point.';

create table margin.backtest_run (
    backtest_run_id bigint generated always as identity primary key,
    backtest text collate "C" not null,
    pinned_load_id bigint not null,
    ran_by text not null default session_user,
    ran_at timestamptz not null default clock_timestamp()
);
comment on table margin.backtest_run is 'Backtests as they were run. Grain: one row a time that a backtest was run.';
comment on column margin.backtest_run.backtest_run_id is 'Number of the run of the backtest.';
comment on column margin.backtest_run.backtest is 'The backtest.';
comment on column margin.backtest_run.pinned_load_id is 'The last load that it saw.';
comment on column margin.backtest_run.ran_by is 'Login that ran it.';
comment on column margin.backtest_run.ran_at is 'When it ran.';

create table margin.backtest_night (
    backtest_run_id bigint not null references margin.backtest_run,
    unit_kind text not null
        check (unit_kind in ('account', 'owner', 'product', 'hypothetical', 'walk_forward')),
    unit text collate "C" not null,
    business_date date not null,
    margin_kind text not null check (margin_kind in ('model', 'collected')),
    currency text collate "C" not null,
    exposure numeric check (abs(exposure) < 'Infinity'),
    margin numeric check (abs(margin) < 'Infinity'),
    is_exception boolean,
    refusal text not null default '',
    primary key (backtest_run_id, unit_kind, unit, margin_kind, business_date),
    constraint night_is_tested_or_refused check ((is_exception is null) = (refusal <> ''))
);
comment on table margin.backtest_night is
    'Nights held against what came after them. Grain: one row a run of a backtest, unit, margin kind and night.';
comment on column margin.backtest_night.backtest_run_id is 'The run of the backtest.';
comment on column margin.backtest_night.unit_kind is 'account, owner, product, hypothetical or walk_forward.';
comment on column margin.backtest_night.unit is
    'Account; ACCOUNT/OWNER; combined commodity with its side; portfolio; walk-forward with its side.';
comment on column margin.backtest_night.business_date is 'The night.';
comment on column margin.backtest_night.margin_kind is 'model: the requirement alone; collected: with every add-on.';
comment on column margin.backtest_night.currency is 'Currency of both amounts.';
comment on column margin.backtest_night.exposure is 'What closing the frozen positions out at the horizon costs, cost +.';
comment on column margin.backtest_night.margin is 'What was held for it.';
comment on column margin.backtest_night.is_exception is 'Whether the exposure was above the margin; null where the night is refused.';
comment on column margin.backtest_night.refusal is 'Why the night is not tested, rule and item; empty where it is.';

create table margin.backtest_result (
    backtest_run_id bigint not null references margin.backtest_run,
    unit_kind text not null
        check (unit_kind in ('account', 'owner', 'product', 'hypothetical', 'walk_forward')),
    unit text collate "C" not null,
    margin_kind text not null check (margin_kind in ('model', 'collected')),
    series text not null,
    n integer not null check (n > 0),
    x integer not null check (x between 0 and n),
    coverage numeric check (coverage between 0 and 1),
    coverage_lower double precision,
    coverage_upper double precision,
    pof double precision,
    pof_p double precision not null,
    p_at_least double precision not null,
    p_at_most double precision not null,
    n00 integer,
    n01 integer,
    n10 integer,
    n11 integer,
    independence double precision,
    independence_p double precision,
    conditional double precision,
    conditional_p double precision,
    cumulative double precision,
    zone text not null check (zone in ('green', 'yellow', 'red')),
    first_yellow integer,
    first_red integer,
    verdict text check (verdict in ('accept', 'watch', 'reject')),
    primary key (backtest_run_id, unit_kind, unit, margin_kind, series)
);
comment on table margin.backtest_result is
    'What the nights of a unit say of its margin. Grain: one row a run of a backtest, unit, margin kind and series of nights.';
comment on column margin.backtest_result.backtest_run_id is 'The run of the backtest.';
comment on column margin.backtest_result.unit_kind is 'account, owner, product, hypothetical or walk_forward.';
comment on column margin.backtest_result.unit is 'As in backtest_night.';
comment on column margin.backtest_result.margin_kind is 'model or collected.';
comment on column margin.backtest_result.series is
    'raw: all nights; thinned 0, thinned 1, …: every h-th; thinned: these together.';
comment on column margin.backtest_result.n is 'Nights tested.';
comment on column margin.backtest_result.x is 'Exceptions among them.';
comment on column margin.backtest_result.coverage is '1 − x/n to 12 decimals; null, like all that is of one series, where series are taken together.';
comment on column margin.backtest_result.coverage_lower is 'Lower end of the exact interval of the coverage.';
comment on column margin.backtest_result.coverage_upper is 'Upper end of it.';
comment on column margin.backtest_result.pof is 'Likelihood ratio of the proportion of failures.';
comment on column margin.backtest_result.pof_p is 'Its p-value, two-sided, χ² of one degree of freedom.';
comment on column margin.backtest_result.p_at_least is 'P(X ≥ x), exact: small where there is too little margin.';
comment on column margin.backtest_result.p_at_most is 'P(X ≤ x), exact: small where there is too much margin.';
comment on column margin.backtest_result.n00 is 'Pairs of nights without an exception.';
comment on column margin.backtest_result.n01 is 'Pairs whose second night alone is an exception.';
comment on column margin.backtest_result.n10 is 'Pairs whose first night alone is an exception.';
comment on column margin.backtest_result.n11 is 'Pairs of exceptions.';
comment on column margin.backtest_result.independence is 'Likelihood ratio of independence; null without a pair.';
comment on column margin.backtest_result.independence_p is 'Its p-value, χ² of one degree of freedom.';
comment on column margin.backtest_result.conditional is 'Both ratios together; null without a pair.';
comment on column margin.backtest_result.conditional_p is 'Its p-value, χ² of two degrees of freedom.';
comment on column margin.backtest_result.cumulative is 'P(X ≤ x), which the zone goes by.';
comment on column margin.backtest_result.zone is 'green, yellow or red.';
comment on column margin.backtest_result.first_yellow is 'Fewest exceptions that are yellow.';
comment on column margin.backtest_result.first_red is 'Fewest exceptions that are red.';
comment on column margin.backtest_result.verdict is 'accept, watch or reject, on the series that decides; null on the others.';

create table margin.expected_shortfall (
    backtest_run_id bigint not null references margin.backtest_run,
    unit text collate "C" not null,
    series text not null,
    n integer,
    exceedances integer,
    z2 double precision,
    zone text check (zone in ('green', 'yellow', 'red')),
    decides boolean not null,
    refusal text not null default '',
    primary key (backtest_run_id, unit, series),
    constraint shortfall_is_tested_or_refused check ((z2 is null) = (refusal <> ''))
);
comment on table margin.expected_shortfall is
    'Expected shortfall held against the losses that came. Grain: one row a run of a backtest, unit and series of nights.';
comment on column margin.expected_shortfall.backtest_run_id is 'The run of the backtest.';
comment on column margin.expected_shortfall.unit is 'Account or ACCOUNT/OWNER, with the risk group.';
comment on column margin.expected_shortfall.series is 'raw, or thinned 0, thinned 1, …';
comment on column margin.expected_shortfall.n is 'Nights with loss, value at risk and expected shortfall.';
comment on column margin.expected_shortfall.exceedances is 'Nights whose loss is above the value at risk.';
comment on column margin.expected_shortfall.z2 is 'The statistic: 0 expected, below 0 where the shortfall was too small.';
comment on column margin.expected_shortfall.zone is 'green, yellow or red; null without critical values.';
comment on column margin.expected_shortfall.decides is 'Whether the zone of the unit is this row''s.';
comment on column margin.expected_shortfall.refusal is 'Why there is no statistic; empty where there is.';

create table margin.procyclicality (
    backtest_run_id bigint not null references margin.backtest_run,
    unit_kind text not null check (unit_kind in ('product', 'hypothetical', 'walk_forward')),
    unit text collate "C" not null,
    currency text collate "C" not null,
    days integer,
    peak_to_trough double precision,
    average double precision,
    rise_1 double precision,
    rise_1_date date,
    rise_1_days integer,
    rise_5 double precision,
    rise_5_date date,
    rise_5_days integer,
    rise_20 double precision,
    rise_20_date date,
    rise_20_days integer,
    rise_30 double precision,
    rise_30_date date,
    rise_30_days integer,
    cost double precision,
    responsiveness_date date,
    volatility_ratio double precision,
    margin_ratio double precision,
    elasticity double precision,
    refusal text not null default '',
    primary key (backtest_run_id, unit_kind, unit),
    constraint margin_is_measured_or_refused check ((peak_to_trough is null) = (refusal <> ''))
);
comment on table margin.procyclicality is
    'How margins of constant portfolios moved with the market. Grain: one row a run of a backtest and unit.';
comment on column margin.procyclicality.backtest_run_id is 'The run of the backtest.';
comment on column margin.procyclicality.unit_kind is 'product, hypothetical or walk_forward.';
comment on column margin.procyclicality.unit is 'As in backtest_night, without a side of a walk-forward.';
comment on column margin.procyclicality.currency is 'Currency of the average.';
comment on column margin.procyclicality.days is 'Margins in the series.';
comment on column margin.procyclicality.peak_to_trough is 'Largest margin over the smallest.';
comment on column margin.procyclicality.average is 'Mean margin.';
comment on column margin.procyclicality.rise_1 is 'Largest rise within 1 day, a fraction; 0 where none.';
comment on column margin.procyclicality.rise_1_date is 'First day from which it rose so; null where it never rose.';
comment on column margin.procyclicality.rise_1_days is 'Days of the series that it took.';
comment on column margin.procyclicality.rise_5 is 'Largest rise within 5 days.';
comment on column margin.procyclicality.rise_5_date is 'First day from which it rose so; null where it never rose.';
comment on column margin.procyclicality.rise_5_days is 'Days of the series that it took.';
comment on column margin.procyclicality.rise_20 is 'Largest rise within 20 days.';
comment on column margin.procyclicality.rise_20_date is 'First day from which it rose so; null where it never rose.';
comment on column margin.procyclicality.rise_20_days is 'Days of the series that it took.';
comment on column margin.procyclicality.rise_30 is 'Largest rise within 30 days.';
comment on column margin.procyclicality.rise_30_date is 'First day from which it rose so; null where it never rose.';
comment on column margin.procyclicality.rise_30_days is 'Days of the series that it took.';
comment on column margin.procyclicality.cost is 'Mean over that of the same walk-forward without tools, less 1; null of others.';
comment on column margin.procyclicality.responsiveness_date is 'Day of the largest rise of realised volatility; null where it never rose.';
comment on column margin.procyclicality.volatility_ratio is 'That rise over 20 days, as a ratio.';
comment on column margin.procyclicality.margin_ratio is 'The margin''s ratio over the same days.';
comment on column margin.procyclicality.elasticity is 'Logarithm of the one over that of the other.';
comment on column margin.procyclicality.refusal is 'Why nothing is measured; empty where it is.';

create table margin.sensitivity (
    backtest_run_id bigint not null references margin.backtest_run,
    unit text collate "C" not null,
    parameter text not null
        check (parameter in ('lambda', 'look_back_days', 'confidence', 'horizon_days', 'correlation')),
    value numeric not null,
    base numeric,
    figure numeric,
    change numeric,
    n integer,
    x integer,
    coverage numeric,
    pof_p double precision,
    refusal text not null default '',
    primary key (backtest_run_id, unit, parameter, value),
    constraint change_is_computed_or_refused check ((figure is null) = (refusal <> ''))
);
comment on table margin.sensitivity is
    'What one changed figure does. Grain: one row a run of a backtest, unit, parameter and value.';
comment on column margin.sensitivity.backtest_run_id is 'The run of the backtest.';
comment on column margin.sensitivity.unit is 'The walk-forward, or of correlation the portfolio.';
comment on column margin.sensitivity.parameter is 'What is changed, one at a time.';
comment on column margin.sensitivity.value is 'What it is changed to; of correlation what credit rates are changed by.';
comment on column margin.sensitivity.base is 'What it was.';
comment on column margin.sensitivity.figure is 'Last proposed range, or last requirement.';
comment on column margin.sensitivity.change is 'Figure over the base''s, less 1, to 6 decimals.';
comment on column margin.sensitivity.n is 'Nights tested, either side.';
comment on column margin.sensitivity.x is 'Exceptions among them.';
comment on column margin.sensitivity.coverage is '1 − x/n to 12 decimals.';
comment on column margin.sensitivity.pof_p is 'P-value of the proportion of failures.';
comment on column margin.sensitivity.refusal is 'Why it could not be computed; empty where it could.';

create table margin.capital_efficiency (
    backtest_run_id bigint not null references margin.backtest_run,
    unit_kind text not null
        check (unit_kind in ('account', 'owner', 'product', 'hypothetical', 'walk_forward', 'house')),
    unit text collate "C" not null,
    method text not null
        check (method in ('engine', 'without_tools', 'notional', 'historical_var', 'legs_alone')),
    currency text collate "C" not null,
    n integer not null check (n >= 0),
    allowed integer not null check (allowed between 0 and n),
    x integer check (x between 0 and allowed),
    coverage numeric check (coverage between 0 and 1),
    multiplier numeric check (multiplier >= 0 and multiplier < 'Infinity'),
    asked numeric check (asked >= 0 and asked < 'Infinity'),
    average numeric check (average >= 0 and average < 'Infinity'),
    engine_average numeric check (engine_average >= 0 and engine_average < 'Infinity'),
    ratio numeric check (ratio >= 0 and ratio < 'Infinity'),
    excess numeric check (abs(excess) < 'Infinity'),
    refusal text not null default '',
    primary key (backtest_run_id, unit_kind, unit, method),
    constraint coverage_is_reached_or_refused check ((average is null) = (refusal <> ''))
);
comment on table margin.capital_efficiency is
    'What other margins cost where they cover as much as the engine did. Grain: one row a run of a backtest, unit and method.';
comment on column margin.capital_efficiency.backtest_run_id is 'The run of the backtest.';
comment on column margin.capital_efficiency.unit_kind is
    'account, owner, product, hypothetical or walk_forward; house: all accounts and owners of a call currency.';
comment on column margin.capital_efficiency.unit is
    'As in backtest_night, without a side of a walk-forward; of the house the call currency.';
comment on column margin.capital_efficiency.method is
    'engine; without_tools: its rule without tools; notional: a flat percentage; historical_var: plain; legs_alone: each position.';
comment on column margin.capital_efficiency.currency is 'Currency of the amounts.';
comment on column margin.capital_efficiency.n is 'Tested nights for which the method has a margin; of the house account nights.';
comment on column margin.capital_efficiency.allowed is 'Exceptions of the engine''s margin on them.';
comment on column margin.capital_efficiency.x is 'Exceptions of the scaled margin: fewer than allowed where several nights are as far out.';
comment on column margin.capital_efficiency.coverage is '1 − x/n to 12 decimals.';
comment on column margin.capital_efficiency.multiplier is
    'Smallest factor with at most allowed exceptions, to 12 decimals; of notional the flat percentage as a fraction.';
comment on column margin.capital_efficiency.asked is 'Mean margin a night before it is scaled.';
comment on column margin.capital_efficiency.average is 'Mean margin a night, scaled.';
comment on column margin.capital_efficiency.engine_average is 'The same of the engine''s margin, scaled on the same nights.';
comment on column margin.capital_efficiency.ratio is 'Average over engine_average, to 6 decimals; null where that is 0.';
comment on column margin.capital_efficiency.excess is 'Mean of what the exceptions cost beyond the scaled margin; null without one.';
comment on column margin.capital_efficiency.refusal is 'Why the coverage is not reached; empty where it is.';

create table margin.procyclicality_disclosure (
    backtest_run_id bigint not null references margin.backtest_run,
    source text not null check (source in ('published', 'replay')),
    unit_kind text not null check (unit_kind in ('house', 'product', 'hypothetical', 'walk_forward')),
    unit text collate "C" not null,
    currency text collate "C" not null,
    quarter_end date not null,
    span text not null,
    measure text not null
        check (
            measure in (
                'average', 'peak_to_trough', 'rise', 'responsiveness', 'cost', 'observations', 'exceedances', 'coverage',
                'peak_excess', 'average_excess')),
    horizon_days integer not null check (horizon_days >= 0),
    value double precision,
    first_day date not null,
    last_day date not null,
    days integer not null check (days > 0),
    from_date date,
    to_date date,
    refusal text not null default '',
    primary key (backtest_run_id, unit_kind, unit, quarter_end, span, measure, horizon_days),
    constraint days_are_in_order check (first_day <= last_day and last_day <= quarter_end)
);
comment on table margin.procyclicality_disclosure is
    'How margins moved and what they covered, quarter by quarter. Grain: one row a run of a backtest, unit, quarter, span, measure and horizon.';
comment on column margin.procyclicality_disclosure.backtest_run_id is 'The run of the backtest.';
comment on column margin.procyclicality_disclosure.source is
    'published: nights as they were published; replay: a rule walked through a history.';
comment on column margin.procyclicality_disclosure.unit_kind is
    'product, hypothetical or walk_forward; house: the requirements of all accounts and owners of a call currency.';
comment on column margin.procyclicality_disclosure.unit is 'As in capital_efficiency.';
comment on column margin.procyclicality_disclosure.currency is 'Currency of amounts.';
comment on column margin.procyclicality_disclosure.quarter_end is 'Last calendar day of the quarter.';
comment on column margin.procyclicality_disclosure.span is
    'Days that are measured: quarter, the last so many up to its end, or all up to it.';
comment on column margin.procyclicality_disclosure.measure is
    'average, peak_to_trough, rise, responsiveness, cost; observations, exceedances, coverage, peak_excess, average_excess.';
comment on column margin.procyclicality_disclosure.horizon_days is
    'Days of a rise and of realised volatility; 0 of other measures.';
comment on column margin.procyclicality_disclosure.value is
    'Amount, ratio, fraction or count; null where there is none, or the refusal says why.';
comment on column margin.procyclicality_disclosure.first_day is 'First day of the span that has a margin.';
comment on column margin.procyclicality_disclosure.last_day is 'Last day of the span that has a margin.';
comment on column margin.procyclicality_disclosure.days is 'Days of the span that have a margin.';
comment on column margin.procyclicality_disclosure.from_date is
    'Day from which a rise of margin or of volatility goes; of peak_to_trough the smallest margin''s.';
comment on column margin.procyclicality_disclosure.to_date is
    'Day to which it goes; of peak_to_trough the largest margin''s, of peak_excess its day.';
comment on column margin.procyclicality_disclosure.refusal is 'Why nothing is measured; empty where it is.';
