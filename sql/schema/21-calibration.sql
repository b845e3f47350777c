-- purpose: calibration: the rules that propose parameters from histories, and what they proposed
create table margin.calibration_rule (
    item text not null
        check (item in ('haircut', 'intra_spread', 'offset_rate', 'price_scan_range', 'volatility_scan_range')),
    key margin.label not null check (key <> ''),
    kind text check (kind in ('amount', 'percent', 'absolute', 'relative')),
    factor margin.code,
    horizon_days integer not null default 1,
    confidence margin.exact not null,
    look_back_days integer,
    min_observations integer not null default 1,
    min_moving_share margin.exact not null default 0,
    max_gap_days integer not null default 7,
    lambda margin.exact not null default 0.97,
    seed_days integer not null default 60,
    z margin.exact not null default 2.575829,
    volatility_floor margin.exact not null default 0,
    increment margin.exact not null,
    step_limit margin.exact,
    floor_years integer,
    floor_kind text not null default 'volatility' check (floor_kind in ('volatility', 'quantile')),
    stressed_weight margin.exact,
    min_stressed_observations integer not null default 20,
    buffer margin.exact,
    rise_trigger margin.exact not null default 0.10,
    rebuild_step margin.exact not null default 0.05,
    cap margin.exact not null default 0.80,
    break_z margin.exact not null default 1.96,
    break_haircut margin.exact not null default 0.25
);
-- calibration_rule_as_of(pin): the rows a calibration that pinned that load sees.
select margin.version_input('calibration_rule', '{item, key}');
comment on table margin.calibration_rule is
    'How one parameter is calibrated; cells out of their ranges are refused by calibration_rule_range. Grain: one row an item, key and revision.';
comment on column margin.calibration_rule.item is
    'What is proposed: haircut, intra_spread, offset_rate, price_scan_range or volatility_scan_range.';
comment on column margin.calibration_rule.key is
    'Which row: COMBINED_COMMODITY, with the first month of a scan-range row behind a blank; COMBINED_COMMODITY SPREAD; SPREAD; asset ASSET or currency FROM TO.';
comment on column margin.calibration_rule.kind is
    'Unit of a scan range, as in the row it proposes: amount or percent, absolute or relative; null for the others.';
comment on column margin.calibration_rule.factor is 'Risk factor that moves; null where there are legs.';
comment on column margin.calibration_rule.horizon_days is 'Levels of the factor from the start of a move to its end, 1 to 60.';
comment on column margin.calibration_rule.confidence is 'Confidence, above 0.5 and below 1: 0.99 is 99 %.';
comment on column margin.calibration_rule.look_back_days is 'One-day returns looked at, the last ones, 2 or more; null: all.';
comment on column margin.calibration_rule.min_observations is
    'Least number of moves, 1 or more; of an offset rate in each of the windows of one year and of three.';
comment on column margin.calibration_rule.min_moving_share is 'Least share of moves that are not zero, 0 to 1.';
comment on column margin.calibration_rule.max_gap_days is
    'Calendar days that may lie between levels, and behind the last one, 1 or more.';
comment on column margin.calibration_rule.lambda is 'Weight of yesterday''s variance in today''s, above 0 and below 1.';
comment on column margin.calibration_rule.seed_days is 'Returns whose mean square seeds the volatility, 2 or more.';
comment on column margin.calibration_rule.z is 'Multiple of the volatility, above 0.';
comment on column margin.calibration_rule.volatility_floor is
    'Least volatility now, a day, in the units of the returns, 0 or more.';
comment on column margin.calibration_rule.increment is
    'Values are whole multiples of it, above 0: ranges, charges and haircuts go up, credit rates down.';
comment on column margin.calibration_rule.step_limit is
    'Largest change against the value in force as a share of it, 0 to 1; null: none.';
comment on column margin.calibration_rule.floor_years is 'Years that the floor looks at, 1 to 50; null: no floor.';
comment on column margin.calibration_rule.floor_kind is 'volatility or quantile; a calendar charge''s is always a quantile.';
comment on column margin.calibration_rule.stressed_weight is 'Weight of stressed moves, 0 to 1; null: none.';
comment on column margin.calibration_rule.min_stressed_observations is
    'Least number of stressed moves, 1 or more; of an offset rate in each window.';
comment on column margin.calibration_rule.buffer is 'Size of the buffer as a share of the core, 0 to 1; null: none.';
comment on column margin.calibration_rule.rise_trigger is 'Rise of the core above which the buffer is drawn, a share, 0 or more.';
comment on column margin.calibration_rule.rebuild_step is 'What of the core the buffer regains at each calibration, above 0.';
comment on column margin.calibration_rule.cap is 'Largest offset rate, 0 to 1.';
comment on column margin.calibration_rule.break_z is 'Fall of the correlation''s statistic that is a break, above 0.';
comment on column margin.calibration_rule.break_haircut is 'Share that a break takes off an offset rate, 0 to 1.';

create table margin.calibration_leg (
    item text not null check (item in ('intra_spread', 'offset_rate')),
    key margin.label not null check (key <> ''),
    leg smallint not null check (leg > 0),
    factor margin.code,
    combined_commodity margin.code,
    tier margin.code,
    ratio margin.exact not null,
    contract_value_factor margin.exact not null,
    side text not null check (side in ('A', 'B')),
    constraint leg_is_of_a_factor_or_of_a_tier
        check ((factor is null) = (tier is not null) and (tier is null) = (combined_commodity is null))
);
-- calibration_leg_as_of(pin): the rows a calibration that pinned that load sees.
select margin.version_input('calibration_leg', '{item, key, leg}');
comment on table margin.calibration_leg is
    'Legs of the spreads whose charge or rate is calibrated. Grain: one row an item, key, leg and revision.';
comment on column margin.calibration_leg.item is 'Item of the rule.';
comment on column margin.calibration_leg.key is 'Key of the rule.';
comment on column margin.calibration_leg.leg is '1, 2, … within the rule.';
comment on column margin.calibration_leg.factor is 'Risk factor that moves the leg; null where a tier names it.';
comment on column margin.calibration_leg.combined_commodity is 'Combined commodity of the tier; null where a factor is named.';
comment on column margin.calibration_leg.tier is 'Tier whose factor moves the leg; null where a factor is named.';
comment on column margin.calibration_leg.ratio is 'Units of the leg a spread, above 0.';
comment on column margin.calibration_leg.contract_value_factor is
    'Money a unit of price and contract, above 0; of all legs in one currency.';
comment on column margin.calibration_leg.side is 'Side A or B: what one gains the other loses.';

create table margin.calibration_tier_factor (
    combined_commodity margin.code not null,
    tier margin.code not null,
    factor margin.code not null
);
-- calibration_tier_factor_as_of(pin): the rows a calibration that pinned that load sees.
select margin.version_input('calibration_tier_factor', '{combined_commodity, tier}');
comment on table margin.calibration_tier_factor is
    'Which risk factor a tier of contract months moves with. Grain: one row a combined commodity, tier and revision.';
comment on column margin.calibration_tier_factor.combined_commodity is 'Combined commodity.';
comment on column margin.calibration_tier_factor.tier is 'Tier of contract months.';
comment on column margin.calibration_tier_factor.factor is 'Risk factor of its price.';

create table margin.calibration_stressed_window (
    item text not null
        check (item in ('haircut', 'intra_spread', 'offset_rate', 'price_scan_range', 'volatility_scan_range')),
    key margin.label not null check (key <> ''),
    window_code margin.code not null,
    from_date date not null,
    to_date date not null
);
-- calibration_stressed_window_as_of(pin): the rows a calibration that pinned that load sees.
select margin.version_input('calibration_stressed_window', '{item, key, window_code}');
comment on table margin.calibration_stressed_window is
    'Days whose moves a rule counts as stressed. Grain: one row an item, key, window and revision.';
comment on column margin.calibration_stressed_window.item is 'Item of the rule.';
comment on column margin.calibration_stressed_window.key is 'Key of the rule.';
comment on column margin.calibration_stressed_window.window_code is 'The window''s name within the rule.';
comment on column margin.calibration_stressed_window.from_date is 'First day, itself included.';
comment on column margin.calibration_stressed_window.to_date is 'Last day, itself included; not before the first.';

create table margin.calibration_figure (
    parameter_set margin.code not null references margin.parameter_set,
    item text not null,
    key margin.label not null,
    calibrated_on date not null,
    bound margin.label not null,
    core margin.non_negative not null,
    buffer_numerator numeric,
    buffer_denominator numeric,
    buffer_state text check (buffer_state in ('initial', 'kept', 'drawn', 'exhausted', 'rebuilding', 'full')),
    before_limit margin.non_negative not null,
    old_value margin.non_negative,
    limited text not null check (limited in ('no', 'up', 'down')),
    flag text check (flag in ('below_core', 'above_core')),
    new_value margin.non_negative not null,
    change margin.exact,
    observations integer not null check (observations > 0),
    first_day date not null,
    last_day date not null,
    recent_correlation margin.finite,
    earlier_correlation margin.finite,
    correlation_statistic margin.finite,
    is_broken boolean,
    primary key (parameter_set, item, key),
    constraint buffer_is_whole_or_not_there check (num_nulls(buffer_numerator, buffer_denominator, buffer_state) in (0, 3)),
    constraint break_is_whole_or_not_there
        check (num_nulls(recent_correlation, earlier_correlation, correlation_statistic, is_broken) in (0, 4))
);
create trigger calibration_figure_is_insert_only before update or delete or truncate on margin.calibration_figure
    for each statement execute function margin.refuse_change();
comment on table margin.calibration_figure is
    'What calibrations proposed, and what each value follows from. Grain: one row a parameter set, item and key.';
comment on column margin.calibration_figure.parameter_set is 'Parameter set that was proposed.';
comment on column margin.calibration_figure.item is 'Item of the rule.';
comment on column margin.calibration_figure.key is 'Key of the rule.';
comment on column margin.calibration_figure.calibrated_on is 'Date up to which levels were looked at.';
comment on column margin.calibration_figure.bound is 'The bound that binds: of calibration_bound, or zero or cap of an offset rate.';
comment on column margin.calibration_figure.core is 'The binding figure in the unit of the value, at 12 decimals.';
comment on column margin.calibration_figure.buffer_numerator is
    'Numerator of the buffer, an exact share of the core; null without a buffer.';
comment on column margin.calibration_figure.buffer_denominator is 'Denominator of the buffer, above 0.';
comment on column margin.calibration_figure.buffer_state is
    'initial, kept, drawn, exhausted, rebuilding or full; null without a buffer.';
comment on column margin.calibration_figure.before_limit is 'Core and buffer before the step limit, at 12 decimals.';
comment on column margin.calibration_figure.old_value is 'The approved value in force, overrides aside; null for a new row.';
comment on column margin.calibration_figure.limited is 'Whether the step limit cut a rise (up) or a fall (down).';
comment on column margin.calibration_figure.flag is
    'below_core: a rise cut below the core; above_core: a fall of an offset rate cut; null: neither.';
comment on column margin.calibration_figure.new_value is 'The value proposed.';
comment on column margin.calibration_figure.change is 'New over old less 1, at 6 decimals; null without an old value above 0.';
comment on column margin.calibration_figure.observations is
    'Moves of the look-back; of an offset rate all of the legs'' common history.';
comment on column margin.calibration_figure.first_day is 'Day on which the first return used ends.';
comment on column margin.calibration_figure.last_day is 'Day on which the last return used ends.';
comment on column margin.calibration_figure.recent_correlation is 'Correlation of the sides over the last 20 days; offset rates only.';
comment on column margin.calibration_figure.earlier_correlation is 'The same over the 250 days before; offset rates only.';
comment on column margin.calibration_figure.correlation_statistic is
    'Standardised difference of the two, below 0 where the correlation fell; offset rates only.';
comment on column margin.calibration_figure.is_broken is 'Whether it fell by more than break_z; offset rates only.';

create table margin.calibration_bound (
    parameter_set margin.code not null,
    item text not null,
    key margin.label not null,
    number smallint not null check (number > 0),
    bound margin.label not null,
    value margin.exact not null,
    primary key (parameter_set, item, key, number),
    foreign key (parameter_set, item, key) references margin.calibration_figure
);
create trigger calibration_bound_is_insert_only before update or delete or truncate on margin.calibration_bound
    for each statement execute function margin.refuse_change();
comment on table margin.calibration_bound is
    'The bounds of a proposed value, in the order in which the first of equals binds. Grain: one row a parameter set, item, key and bound.';
comment on column margin.calibration_bound.parameter_set is 'Parameter set that was proposed.';
comment on column margin.calibration_bound.item is 'Item of the rule.';
comment on column margin.calibration_bound.key is 'Key of the rule.';
comment on column margin.calibration_bound.number is '1, 2, … in the order of the bounds.';
comment on column margin.calibration_bound.bound is
    'quantile, ewma, stressed, floor; of an offset rate 1y, 3y or a stressed window.';
comment on column margin.calibration_bound.value is
    'In return units; of a calendar charge money a spread, of an offset rate a rate; at 12 decimals.';

create table margin.impact_threshold (
    threshold margin.fraction not null check (threshold > 0)
);
-- impact_threshold_as_of(pin): the rows of the loads up to one.
select margin.version_input('impact_threshold', '{threshold}');
comment on table margin.impact_threshold is
    'Shares of a margin beyond which the change that a proposed parameter set brings is reported. Grain: one row a threshold.';
comment on column margin.impact_threshold.threshold is 'Share of the margin as it was, above 0: 0.05 is 5 %.';
