-- purpose: parameters: risk factors, simulations and risk groups
-- what a run found.
create table margin.risk_factor (
    parameter_set margin.code not null references margin.parameter_set,
    risk_factor margin.code not null,
    return_kind text not null check (return_kind in ('log', 'absolute')),
    volatility_floor margin.non_negative not null default 0,
    lambda margin.fraction not null default 0.97 check (lambda > 0 and lambda < 1),
    seed_days smallint not null default 60 check (seed_days between 1 and 10000),
    lower_clamp margin.positive not null,
    upper_clamp margin.positive not null,
    constraint clamps_are_in_order check (lower_clamp <= upper_clamp)
);
-- risk_factor_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('risk_factor', '{parameter_set, risk_factor}');
comment on table margin.risk_factor is
    'How the histories of risk factors become returns. Grain: one row a parameter set and risk factor.';
comment on column margin.risk_factor.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_factor.risk_factor is 'The risk factor; its levels are in risk_factor_level.';
comment on column margin.risk_factor.return_kind is
    'log for factors above zero; absolute for rates, spreads, volatilities in points and prices that can be zero or less.';
comment on column margin.risk_factor.volatility_floor is
    'Least volatility now of the filter, a day, in the units of the returns, 0 or more.';
comment on column margin.risk_factor.lambda is 'Weight of yesterday''s variance in today''s, above 0 and below 1.';
comment on column margin.risk_factor.seed_days is 'Returns whose mean square seeds the filter, 1 or more.';
comment on column margin.risk_factor.lower_clamp is 'Least multiple by which the filter scales a return, above 0.';
comment on column margin.risk_factor.upper_clamp is 'Largest multiple by which the filter scales a return, above 0.';

create table margin.risk_factor_mapping (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    series margin.owner_code not null default '',
    price_factor margin.code not null,
    volatility_factor margin.code
);
-- risk_factor_mapping_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('risk_factor_mapping', '{parameter_set, combined_commodity, series}');
comment on table margin.risk_factor_mapping is
    'The risk factors that move a combined commodity, or one of its series. Grain: one row a parameter set, combined commodity and series.';
comment on column margin.risk_factor_mapping.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_factor_mapping.combined_commodity is 'Combined commodity.';
comment on column margin.risk_factor_mapping.series is 'Series the row is for; empty: every series without a row of its own.';
comment on column margin.risk_factor_mapping.price_factor is 'Risk factor of the underlying price.';
comment on column margin.risk_factor_mapping.volatility_factor is
    'Risk factor of the volatility; null: the volatility stays where it is.';

create table margin.simulation (
    parameter_set margin.code not null references margin.parameter_set,
    simulation margin.code not null,
    confidence margin.fraction not null check (confidence > 0 and confidence < 1),
    convention text not null default 'fractional' check (convention in ('fractional', 'whole', 'interpolated')),
    mpor_days smallint not null check (mpor_days between 1 and 250),
    look_back_days smallint check (look_back_days between 1 and 30000),
    is_filtered boolean not null default true,
    stressed_weight margin.fraction not null default 0.25,
    keeps_losses boolean not null default false,
    break_window smallint check (break_window > 0),
    break_kappa margin.non_negative,
    break_lower margin.non_negative,
    break_upper margin.non_negative,
    constraint correlation_break_is_whole_or_not_there
        check (num_nulls(break_window, break_kappa, break_lower, break_upper) in (0, 4)),
    constraint break_bounds_are_in_order check (break_lower <= break_upper)
);
-- simulation_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('simulation', '{parameter_set, simulation}');
comment on table margin.simulation is
    'How value at risk and expected shortfall are simulated. Grain: one row a parameter set and simulation.';
comment on column margin.simulation.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.simulation.simulation is 'The simulation.';
comment on column margin.simulation.confidence is 'Confidence, above 0 and below 1: 0.99 is 99 %.';
comment on column margin.simulation.convention is
    'fractional, whole or interpolated: how the tail becomes an expected shortfall and where its value at risk lies.';
comment on column margin.simulation.mpor_days is 'Margin period of risk: one-day returns added up in a scenario, 1 or more.';
comment on column margin.simulation.look_back_days is 'One-day returns that scenarios are made of, the last ones; null: all.';
comment on column margin.simulation.is_filtered is 'Whether returns are scaled to the volatility now.';
comment on column margin.simulation.keeps_losses is
    'Whether results keep the losses of each scenario, and not their SHA-256 alone: some 10 kB a portfolio.';
comment on column margin.simulation.stressed_weight is 'Weight of the stressed expected shortfall in the core, 0 to 1.';
comment on column margin.simulation.break_window is
    'Scenarios in a rolling part of the loss vector; null, as the next three: no add-on for breaking correlations.';
comment on column margin.simulation.break_kappa is 'Share of the excess that is charged, 0 or more.';
comment on column margin.simulation.break_lower is 'Least add-on as a share of the value at risk, 0 or more.';
comment on column margin.simulation.break_upper is 'Largest add-on as a share of the value at risk, 0 or more.';

create table margin.stressed_window (
    parameter_set margin.code not null,
    simulation margin.code not null,
    from_date date not null,
    to_date date not null,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, simulation, parent_revision) references margin.simulation (parameter_set, simulation, revision),
    constraint window_is_in_order check (from_date <= to_date)
);
-- stressed_window_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('stressed_window', '{parameter_set, simulation, from_date}');
comment on table margin.stressed_window is
    'Dates from which stressed scenarios are taken. Grain: one row a parameter set, simulation and first day.';
comment on column margin.stressed_window.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.stressed_window.simulation is 'The simulation.';
comment on column margin.stressed_window.from_date is 'First day on which a return of a stressed scenario may end.';
comment on column margin.stressed_window.to_date is 'Last day on which a return of a stressed scenario may end.';

create table margin.risk_group (
    parameter_set margin.code not null,
    risk_group margin.code not null,
    simulation margin.code not null,
    measure text not null check (measure in ('scan', 'es', 'higher')),
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, simulation, parent_revision) references margin.simulation (parameter_set, simulation, revision)
);
-- risk_group_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('risk_group', '{parameter_set, risk_group}');
comment on table margin.risk_group is
    'Combined commodities whose risk is simulated together. Grain: one row a parameter set and risk group.';
comment on column margin.risk_group.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_group.risk_group is 'The risk group.';
comment on column margin.risk_group.simulation is 'The simulation it is measured with.';
comment on column margin.risk_group.measure is
    'What its risk is: scan, es (expected shortfall) or the higher; the other measure is its challenger.';

create table margin.risk_group_commodity (
    parameter_set margin.code not null,
    risk_group margin.code not null,
    combined_commodity margin.code not null,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, risk_group, parent_revision) references margin.risk_group (parameter_set, risk_group, revision)
);
-- risk_group_commodity_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('risk_group_commodity', '{parameter_set, combined_commodity}');
comment on table margin.risk_group_commodity is
    'The combined commodities of risk groups. Grain: one row a parameter set and combined commodity.';
comment on column margin.risk_group_commodity.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_group_commodity.risk_group is 'The risk group.';
comment on column margin.risk_group_commodity.combined_commodity is 'Combined commodity; it is in one group at most.';
