-- purpose: value at risk and expected shortfall: risk factors, simulations and risk groups as rows of a parameter set, and
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
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, risk_factor),
    constraint clamps_are_in_order check (lower_clamp <= upper_clamp)
);
create table margin.risk_factor_mapping (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    series margin.owner_code not null default '',
    price_factor margin.code not null,
    volatility_factor margin.code,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, series)
);
create table margin.simulation (
    parameter_set margin.code not null references margin.parameter_set,
    simulation margin.code not null,
    confidence margin.fraction not null check (confidence > 0 and confidence < 1),
    convention text not null default 'fractional' check (convention in ('fractional', 'whole', 'interpolated')),
    mpor_days smallint not null check (mpor_days between 1 and 250),
    look_back_days smallint check (look_back_days between 1 and 30000),
    is_filtered boolean not null default true,
    stressed_weight margin.fraction not null default 0.25,
    break_window smallint check (break_window > 0),
    break_kappa margin.non_negative,
    break_lower margin.non_negative,
    break_upper margin.non_negative,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, simulation),
    constraint correlation_break_is_whole_or_not_there
        check (num_nulls(break_window, break_kappa, break_lower, break_upper) in (0, 4)),
    constraint break_bounds_are_in_order check (break_lower <= break_upper)
);
create table margin.stressed_window (
    parameter_set margin.code not null,
    simulation margin.code not null,
    from_date date not null,
    to_date date not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, simulation, from_date),
    foreign key (parameter_set, simulation) references margin.simulation,
    constraint window_is_in_order check (from_date <= to_date)
);
create table margin.risk_group (
    parameter_set margin.code not null,
    risk_group margin.code not null,
    simulation margin.code not null,
    measure text not null check (measure in ('scan', 'es', 'higher')),
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, risk_group),
    foreign key (parameter_set, simulation) references margin.simulation
);
create table margin.risk_group_commodity (
    parameter_set margin.code not null,
    risk_group margin.code not null,
    combined_commodity margin.code not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity),
    foreign key (parameter_set, risk_group) references margin.risk_group
);

do $$
declare
    parameter_table text;
begin
    foreach parameter_table in array array['risk_factor', 'risk_factor_mapping', 'simulation', 'stressed_window', 'risk_group',
        'risk_group_commodity']
    loop
        execute format('create trigger %I before update or delete or truncate on margin.%I
            for each statement execute function margin.refuse_change()', parameter_table || '_is_insert_only', parameter_table);
    end loop;
end
$$;

create table margin.value_at_risk (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    risk_group margin.code not null,
    measure text not null check (measure in ('scan', 'es', 'higher')),
    currency margin.currency_code not null,
    scenarios integer not null check (scenarios > 0),
    value_at_risk margin.amount not null,
    expected_shortfall margin.amount not null,
    stressed_scenarios integer not null check (stressed_scenarios >= 0),
    stressed_expected_shortfall margin.amount,
    core margin.amount not null check (core >= 0),
    scan_risk margin.amount not null check (scan_risk >= 0),
    risk margin.amount not null check (risk >= 0),
    challenger margin.amount not null check (challenger >= 0),
    initial_risk margin.amount not null check (initial_risk >= 0),
    break_excess margin.amount check (break_excess >= 0),
    break_add_on margin.amount check (break_add_on >= 0),
    primary key (run_id, account, owner, risk_group),
    constraint stressed_scenarios_have_a_shortfall
        check ((stressed_scenarios > 0) = (stressed_expected_shortfall is not null)),
    constraint risk_is_what_the_group_declares
        check (risk = case measure when 'scan' then scan_risk when 'es' then core else greatest(scan_risk, core) end),
    constraint challenger_is_the_other_measure
        check (challenger = case measure when 'scan' then core when 'es' then scan_risk else least(scan_risk, core) end)
);
create table margin.loss_vector (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    risk_group margin.code not null,
    array_decimals smallint not null,
    losses bigint[] not null,
    stressed_losses bigint[] not null,
    primary key (run_id, account, owner, risk_group)
);
create table margin.component_shortfall (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    risk_group margin.code not null,
    series margin.code not null,
    quantity bigint not null,
    currency margin.currency_code not null,
    component_shortfall margin.amount not null,
    primary key (run_id, account, owner, risk_group, series)
);
create table margin.risk_group_share (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    combined_commodity margin.code not null,
    risk_group margin.code not null,
    currency margin.currency_code not null,
    standalone_core margin.amount not null check (standalone_core >= 0),
    risk margin.amount not null check (risk >= 0),
    initial_risk margin.amount not null check (initial_risk >= 0),
    standalone_initial_risk margin.amount not null check (standalone_initial_risk >= 0),
    primary key (run_id, account, owner, combined_commodity)
);

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
comment on column margin.risk_factor.load_id is 'Load that brought the row.';

comment on table margin.risk_factor_mapping is
    'The risk factors that move a combined commodity, or one of its series. Grain: one row a parameter set, combined commodity and series.';
comment on column margin.risk_factor_mapping.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_factor_mapping.combined_commodity is 'Combined commodity.';
comment on column margin.risk_factor_mapping.series is 'Series the row is for; empty: every series without a row of its own.';
comment on column margin.risk_factor_mapping.price_factor is 'Risk factor of the underlying price.';
comment on column margin.risk_factor_mapping.volatility_factor is
    'Risk factor of the volatility; null: the volatility stays where it is.';
comment on column margin.risk_factor_mapping.load_id is 'Load that brought the row.';

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
comment on column margin.simulation.stressed_weight is 'Weight of the stressed expected shortfall in the core, 0 to 1.';
comment on column margin.simulation.break_window is
    'Scenarios in a rolling part of the loss vector; null, as the next three: no add-on for breaking correlations.';
comment on column margin.simulation.break_kappa is 'Share of the excess that is charged, 0 or more.';
comment on column margin.simulation.break_lower is 'Least add-on as a share of the value at risk, 0 or more.';
comment on column margin.simulation.break_upper is 'Largest add-on as a share of the value at risk, 0 or more.';
comment on column margin.simulation.load_id is 'Load that brought the row.';

comment on table margin.stressed_window is
    'Dates from which stressed scenarios are taken. Grain: one row a parameter set, simulation and first day.';
comment on column margin.stressed_window.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.stressed_window.simulation is 'The simulation.';
comment on column margin.stressed_window.from_date is 'First day on which a return of a stressed scenario may end.';
comment on column margin.stressed_window.to_date is 'Last day on which a return of a stressed scenario may end.';
comment on column margin.stressed_window.load_id is 'Load that brought the row.';

comment on table margin.risk_group is
    'Combined commodities whose risk is simulated together. Grain: one row a parameter set and risk group.';
comment on column margin.risk_group.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_group.risk_group is 'The risk group.';
comment on column margin.risk_group.simulation is 'The simulation it is measured with.';
comment on column margin.risk_group.measure is
    'What its risk is: scan, es (expected shortfall) or the higher; the other measure is its challenger.';
comment on column margin.risk_group.load_id is 'Load that brought the row.';

comment on table margin.risk_group_commodity is
    'The combined commodities of risk groups. Grain: one row a parameter set and combined commodity.';
comment on column margin.risk_group_commodity.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.risk_group_commodity.risk_group is 'The risk group.';
comment on column margin.risk_group_commodity.combined_commodity is 'Combined commodity; it is in one group at most.';
comment on column margin.risk_group_commodity.load_id is 'Load that brought the row.';

comment on table margin.value_at_risk is
    'Simulated risk of portfolios beside their scanning risk. Grain: one row a run, account, owner and risk group held.';
comment on column margin.value_at_risk.run_id is 'Run.';
comment on column margin.value_at_risk.account is 'Account.';
comment on column margin.value_at_risk.owner is 'Beneficial owner; empty where the account is not segregated.';
comment on column margin.value_at_risk.risk_group is 'Risk group.';
comment on column margin.value_at_risk.measure is 'The measure the group declares.';
comment on column margin.value_at_risk.currency is 'Currency of the amounts.';
comment on column margin.value_at_risk.scenarios is 'Scenarios of the loss vector.';
comment on column margin.value_at_risk.value_at_risk is 'Value at risk, loss positive, to the minor unit.';
comment on column margin.value_at_risk.expected_shortfall is 'Expected shortfall, loss positive, to the minor unit.';
comment on column margin.value_at_risk.stressed_scenarios is 'Stressed scenarios; 0 without a window.';
comment on column margin.value_at_risk.stressed_expected_shortfall is
    'Expected shortfall of the stressed scenarios; null without a window.';
comment on column margin.value_at_risk.core is
    'max(0, expected shortfall, its blend with the stressed one), rounded once.';
comment on column margin.value_at_risk.scan_risk is 'Sum of the group''s risk by scanning, spreads and charges.';
comment on column margin.value_at_risk.risk is 'What counts: scan_risk, core, or the higher.';
comment on column margin.value_at_risk.challenger is 'The measure that does not count.';
comment on column margin.value_at_risk.initial_risk is 'risk times the initial ratio of the account class.';
comment on column margin.value_at_risk.break_excess is
    'How far the value at risk of parts of the history exceeds the whole''s, to 6 decimals; null where it is not asked for.';
comment on column margin.value_at_risk.break_add_on is
    'The add-on for it, charged where the group declares es or higher; null where it is not asked for.';

comment on table margin.loss_vector is
    'Losses of portfolios scenario by scenario. Grain: one row a run, account, owner and risk group held.';
comment on column margin.loss_vector.run_id is 'Run.';
comment on column margin.loss_vector.account is 'Account.';
comment on column margin.loss_vector.owner is 'Beneficial owner; empty where the account is not segregated.';
comment on column margin.loss_vector.risk_group is 'Risk group.';
comment on column margin.loss_vector.array_decimals is 'Decimals of the losses.';
comment on column margin.loss_vector.losses is 'Loss in each scenario, oldest first, in units of the last decimal.';
comment on column margin.loss_vector.stressed_losses is 'The same for the stressed scenarios.';

comment on table margin.component_shortfall is
    'What each position adds to the expected shortfall. Grain: one row a run, account, owner, risk group and series.';
comment on column margin.component_shortfall.run_id is 'Run.';
comment on column margin.component_shortfall.account is 'Account.';
comment on column margin.component_shortfall.owner is 'Beneficial owner; empty where the account is not segregated.';
comment on column margin.component_shortfall.risk_group is 'Risk group.';
comment on column margin.component_shortfall.series is 'Series held.';
comment on column margin.component_shortfall.quantity is 'Long less short contracts.';
comment on column margin.component_shortfall.currency is 'Currency of the amount.';
comment on column margin.component_shortfall.component_shortfall is
    'Its mean loss over the tail, loss positive; a group''s sum to its expected shortfall exactly.';

comment on table margin.risk_group_share is
    'A replaced group''s risk by combined commodity, for what is charged on one. Grain: one row a run, account, owner and combined commodity.';
comment on column margin.risk_group_share.run_id is 'Run.';
comment on column margin.risk_group_share.account is 'Account.';
comment on column margin.risk_group_share.owner is 'Beneficial owner; empty where the account is not segregated.';
comment on column margin.risk_group_share.combined_commodity is 'Combined commodity.';
comment on column margin.risk_group_share.risk_group is 'Risk group.';
comment on column margin.risk_group_share.currency is 'Currency of the amounts.';
comment on column margin.risk_group_share.standalone_core is 'The core of the combined commodity''s positions alone.';
comment on column margin.risk_group_share.risk is 'Its share of the group''s risk; the shares sum to it.';
comment on column margin.risk_group_share.initial_risk is 'Its share of the group''s initial risk; the shares sum to it.';
comment on column margin.risk_group_share.standalone_initial_risk is
    'What it would be required with nothing beside it, times the initial ratio.';

select margin.refer_results('value_at_risk', 'offsets', 'account');
select margin.refer_results('loss_vector', 'offsets', 'account');
select margin.refer_results('component_shortfall', 'offsets', 'account');
select margin.refer_results('risk_group_share', 'offsets', 'account');
