-- purpose: what ingest found, published arrays, and requirements with all they are made of
create table margin.finding (
    run_id bigint not null,
    finding bigint not null check (finding > 0),
    rule text collate "C" not null,
    severity text not null check (severity in ('block', 'flag')),
    table_name text not null,
    row_key text not null,
    source text,
    source_line bigint,
    column_name text not null,
    value text not null,
    message text not null,
    waiver_reason text,
    is_essential boolean not null default false,
    primary key (run_id, finding)
) partition by range (run_id);
create trigger finding_is_of_a_run after insert on margin.finding referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
comment on table margin.finding is 'What the data gates found in a run''s inputs, and what monitoring tells of the run. Grain: one row a run and finding.';
comment on column margin.finding.run_id is 'The run.';
comment on column margin.finding.finding is '1, 2, … within the run.';
comment on column margin.finding.rule is 'Data gate, or rule of monitoring.';
comment on column margin.finding.severity is 'block or flag.';
comment on column margin.finding.table_name is 'Table of the row, or the one a row is missing from.';
comment on column margin.finding.row_key is 'Key of the row it is about, its parts joined by ", ".';
comment on column margin.finding.source is 'File the row came from; null where the finding is about a row that is not there.';
comment on column margin.finding.source_line is 'Line in that file, the first being 1.';
comment on column margin.finding.column_name is 'Column the finding is about.';
comment on column margin.finding.value is 'Value found, as text.';
comment on column margin.finding.message is 'What is wrong with it.';
comment on column margin.finding.waiver_reason is 'Why it was waived; null where it was not.';
comment on column margin.finding.is_essential is
    'Whether it blocks whatever a waiver or the parameter set says, though its rule has findings that may be waived.';

create table margin.risk_array (
    run_id bigint not null,
    series text collate "C" not null,
    combined_commodity text collate "C" not null,
    scenario_set text collate "C" not null,
    array_decimals margin.array_decimals not null,
    risk_array bigint[] not null,
    composite_delta margin.composite_delta not null,
    price_scan_range numeric not null check (price_scan_range >= 0),
    volatility double precision,
    volatility_rule text check (volatility_rule in ('implied', 'assigned', 'paired', 'nearest_strike', 'floor')),
    delta double precision,
    gamma double precision,
    vega double precision,
    theta double precision,
    rho double precision,
    primary key (run_id, series),
    constraint numbers_are_finite check (
        price_scan_range > '-Infinity' and price_scan_range < 'Infinity'),
    constraint binary_numbers_are_finite check (
        coalesce(abs(volatility), 0) + coalesce(abs(delta), 0) + coalesce(abs(gamma), 0) + coalesce(abs(vega), 0)
        + coalesce(abs(theta), 0) + coalesce(abs(rho), 0) < 'Infinity')
) partition by range (run_id);
create trigger risk_array_is_of_a_run after insert on margin.risk_array referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
comment on table margin.risk_array is
    'Published risk arrays and deltas, from which a member replicates its margin. Grain: one row a run and series.';
comment on column margin.risk_array.run_id is 'The run.';
comment on column margin.risk_array.series is 'Series.';
comment on column margin.risk_array.combined_commodity is 'Combined commodity.';
comment on column margin.risk_array.scenario_set is 'Scenario set.';
comment on column margin.risk_array.array_decimals is 'Decimals of the array''s values, 0 to 8.';
comment on column margin.risk_array.risk_array is
    'Loss of one long contract in each scenario, + loss, − gain, in the margin currency × 10^array_decimals; in scenario order.';
comment on column margin.risk_array.composite_delta is 'Delta of one long contract before scaling: 1 for a future.';
comment on column margin.risk_array.price_scan_range is 'Price scan range used, units of price, unrounded, 0 or more.';
comment on column margin.risk_array.volatility is 'Annual volatility used, unit as in volatility; null for a future.';
comment on column margin.risk_array.volatility_rule is
    'Where it came from: implied, assigned, paired, nearest_strike or floor; null for a future.';
comment on column margin.risk_array.delta is
    'Change of the value for one unit of the underlying price, at the settlement; of a linear future 1.';
comment on column margin.risk_array.gamma is 'Change of the delta for one unit of the underlying price; null for futures.';
comment on column margin.risk_array.vega is
    'Change of the value for 1.00 of volatility (bachelier: one price unit of it); null for futures.';
comment on column margin.risk_array.theta is 'Change of the value over one calendar day, by revaluation; null for futures.';
comment on column margin.risk_array.rho is 'Change of the value for 1.00 of the rate; null for futures.';

create table margin.combined_commodity_risk (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    combined_commodity text collate "C" not null,
    currency text collate "C" not null,
    portfolio_array bigint[],
    array_decimals margin.array_decimals not null,
    active_scenario smallint,
    scan numeric not null check (scan >= 0),
    time_risk numeric,
    volatility_risk numeric,
    price_risk numeric check (price_risk >= 0),
    contract_months text[] collate "C",
    month_deltas bigint[],
    remaining_deltas bigint[],
    net_delta margin.delta not null,
    weighted_price_risk_normal numeric,
    weighted_price_risk numeric,
    intra_charge numeric not null check (intra_charge >= 0),
    delivery_charge numeric not null check (delivery_charge >= 0),
    inter_credit numeric not null check (inter_credit >= 0),
    applied_credit numeric not null check (applied_credit >= 0),
    short_option_minimum numeric not null check (short_option_minimum >= 0),
    net_option_value numeric not null,
    risk numeric not null check (risk >= 0),
    initial_risk numeric not null check (initial_risk >= 0),
    standalone_initial_risk numeric not null check (standalone_initial_risk >= 0),
    scan_spread text collate "C" not null default '',
    primary key (run_id, account, owner, combined_commodity),
    constraint workings_are_kept_together
        check (num_nulls(portfolio_array, contract_months, month_deltas, remaining_deltas) in (0, 4)),
    constraint credit_never_exceeds_what_it_offsets check (applied_credit <= inter_credit),
    constraint risk_is_the_sum_of_its_components check (scan_spread <> ''
        or risk = greatest(scan + intra_charge + delivery_charge - applied_credit, short_option_minimum)),
    constraint numbers_are_finite check (
        greatest(scan, time_risk, volatility_risk, price_risk, weighted_price_risk_normal, weighted_price_risk,
            intra_charge, delivery_charge, inter_credit, applied_credit, short_option_minimum, net_option_value, risk,
            initial_risk, standalone_initial_risk) < 'Infinity'
        and least(scan, time_risk, volatility_risk, price_risk, weighted_price_risk_normal, weighted_price_risk,
            intra_charge, delivery_charge, inter_credit, applied_credit, short_option_minimum, net_option_value, risk,
            initial_risk, standalone_initial_risk) > '-Infinity')
) partition by range (run_id);
create trigger combined_commodity_risk_is_of_a_run after insert on margin.combined_commodity_risk referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- combined_commodity_risk_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('combined_commodity_risk', 'offsets', 'account');
comment on table margin.combined_commodity_risk is
    'Components of the risk of what an owner holds in a combined commodity. Grain: one row a run, account, owner and combined commodity.';
comment on column margin.combined_commodity_risk.run_id is 'The run.';
comment on column margin.combined_commodity_risk.account is 'Margin account.';
comment on column margin.combined_commodity_risk.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.combined_commodity_risk.combined_commodity is 'Combined commodity.';
comment on column margin.combined_commodity_risk.currency is 'Currency of the row''s amounts.';
comment on column margin.combined_commodity_risk.portfolio_array is
    'Loss of the whole position in each scenario, + loss, in the margin currency × 10^array_decimals; as the next three where workings are kept.';
comment on column margin.combined_commodity_risk.array_decimals is 'Decimals of the array''s values, 0 to 8.';
comment on column margin.combined_commodity_risk.active_scenario is
    'Scenario of the largest loss, the lowest number on ties; null where there is none.';
comment on column margin.combined_commodity_risk.scan is 'Scanning risk: the largest loss over the scenarios, 0 or more.';
comment on column margin.combined_commodity_risk.time_risk is
    'Mean loss of scenarios 1 and 2, exact, + loss; null where not defined.';
comment on column margin.combined_commodity_risk.volatility_risk is
    'Half of what the active scenario loses more than its pair, exact; null where not defined.';
comment on column margin.combined_commodity_risk.price_risk is
    'max(0, scan − time − volatility), exact; null where not defined.';
comment on column margin.combined_commodity_risk.contract_months is
    'Months held, in order; the delta columns are parallel to it.';
comment on column margin.combined_commodity_risk.month_deltas is
    'Net scaled delta of each month before any spread, in units that margin.delta_of_units reads, + long, − short.';
comment on column margin.combined_commodity_risk.remaining_deltas is
    'What spreads have left of each month''s delta, in units that margin.delta_of_units reads, + long, − short.';
comment on column margin.combined_commodity_risk.net_delta is 'Net scaled delta before any spread, + long, − short.';
comment on column margin.combined_commodity_risk.weighted_price_risk_normal is
    'Price risk a unit of net delta, 0 or more; null where time and price risk are not defined.';
comment on column margin.combined_commodity_risk.weighted_price_risk is
    'Price risk a unit of delta as the method says, cut off at 2 decimals, 0 or more; null where not defined.';
comment on column margin.combined_commodity_risk.intra_charge is 'Charges of calendar spreads, 0 or more.';
comment on column margin.combined_commodity_risk.delivery_charge is 'Charges of months in their delivery period, 0 or more.';
comment on column margin.combined_commodity_risk.inter_credit is
    'Credits of the spreads formed with other combined commodities, before the cap; 0 or more.';
comment on column margin.combined_commodity_risk.applied_credit is
    'Part of the credits that is given, 0 or more: never above the price risk.';
comment on column margin.combined_commodity_risk.short_option_minimum is 'Least charge for short options, 0 or more.';
comment on column margin.combined_commodity_risk.net_option_value is
    'Value of long less short premium-style options at settlement, + lowers the requirement.';
comment on column margin.combined_commodity_risk.risk is
    'max(scan + intra + delivery − applied credit, short option minimum), 0 or more; replaced by the row of scan_spread where one formed.';
comment on column margin.combined_commodity_risk.initial_risk is 'Risk × the initial ratio of the account class, 0 or more.';
comment on column margin.combined_commodity_risk.standalone_initial_risk is
    'Initial risk had no super or inter-commodity spread formed, 0 or more.';
comment on column margin.combined_commodity_risk.scan_spread is
    'Scan-based spread whose row holds the risk instead; empty where there is none.';

create table margin.tier_risk (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    combined_commodity text collate "C" not null,
    tier text collate "C" not null,
    active_scenario smallint,
    scan numeric not null,
    time_risk numeric,
    volatility_risk numeric,
    price_risk numeric,
    net_delta margin.delta not null,
    weighted_price_risk numeric,
    primary key (run_id, account, owner, combined_commodity, tier),
    constraint numbers_are_finite check (
        greatest(scan, time_risk, volatility_risk, price_risk, weighted_price_risk) < 'Infinity'
        and least(scan, time_risk, volatility_risk, price_risk, weighted_price_risk) > '-Infinity')
) partition by range (run_id);
create trigger tier_risk_is_of_a_run after insert on margin.tier_risk referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- tier_risk_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('tier_risk', 'offsets', 'account');
comment on table margin.tier_risk is
    'Scanning risk of the tiers. Grain: one row a run, account, owner, combined commodity and tier.';
comment on column margin.tier_risk.run_id is 'The run.';
comment on column margin.tier_risk.account is 'Margin account.';
comment on column margin.tier_risk.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.tier_risk.combined_commodity is 'Combined commodity.';
comment on column margin.tier_risk.tier is 'Tier of contract months.';
comment on column margin.tier_risk.active_scenario is
    'Scenario of the largest loss, the lowest number on ties; null where there is none.';
comment on column margin.tier_risk.scan is 'Largest loss over the scenarios of the tier''s months, 0 or more, unrounded.';
comment on column margin.tier_risk.time_risk is 'Mean loss of scenarios 1 and 2, exact, + loss; null where not defined.';
comment on column margin.tier_risk.volatility_risk is
    'Half of what the active scenario loses more than its pair, exact; null where not defined.';
comment on column margin.tier_risk.price_risk is 'max(0, scan − time − volatility), exact; null where not defined.';
comment on column margin.tier_risk.net_delta is 'Net scaled delta of the tier''s months before any spread, + long, − short.';
comment on column margin.tier_risk.weighted_price_risk is
    'The tier''s own price risk a unit of delta, 0 or more; null where not defined.';

create table margin.spread_leg_formed (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    step text not null check (step in ('super', 'intra', 'inter')),
    sequence integer not null check (sequence > 0),
    leg smallint not null check (leg > 0),
    spread text collate "C" not null,
    combined_commodity text collate "C" not null,
    pool text collate "C" not null,
    side text not null check (side in ('A', 'B')),
    a_side text not null check (a_side in ('long', 'short', '')),
    spread_count margin.delta not null,
    delta_before margin.delta,
    consumed margin.delta not null,
    contract_months text[] collate "C" not null,
    consumed_by_month bigint[] not null,
    weighted_price_risk numeric,
    rate numeric not null,
    currency text collate "C" not null,
    charge numeric not null check (charge >= 0),
    credit numeric not null check (credit >= 0),
    primary key (run_id, account, owner, step, sequence, leg),
    constraint numbers_are_finite check (
        greatest(weighted_price_risk, rate, charge, credit) < 'Infinity'
        and least(weighted_price_risk, rate, charge, credit) > '-Infinity')
) partition by range (run_id);
create trigger spread_leg_formed_is_of_a_run after insert on margin.spread_leg_formed referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- spread_leg_formed_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('spread_leg_formed', 'offsets', 'account');
comment on table margin.spread_leg_formed is
    'Spreads that formed, leg by leg. Grain: one row a run, account, owner, step, sequence and leg.';
comment on column margin.spread_leg_formed.run_id is 'The run.';
comment on column margin.spread_leg_formed.account is 'Margin account.';
comment on column margin.spread_leg_formed.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.spread_leg_formed.step is 'super, intra or inter.';
comment on column margin.spread_leg_formed.sequence is 'Place of the spread among those formed in the step, 1, 2, ….';
comment on column margin.spread_leg_formed.leg is 'Number of the leg within the spread, 1, 2, ….';
comment on column margin.spread_leg_formed.spread is 'Spread.';
comment on column margin.spread_leg_formed.combined_commodity is 'Combined commodity.';
comment on column margin.spread_leg_formed.pool is 'Tier or month the leg draws on; empty for the whole combined commodity.';
comment on column margin.spread_leg_formed.side is 'Side of the spread the leg is on: A or B.';
comment on column margin.spread_leg_formed.a_side is 'Whether side A was long or short; empty where neither is meant.';
comment on column margin.spread_leg_formed.spread_count is 'Spreads formed, cut off at the decimals of a delta.';
comment on column margin.spread_leg_formed.delta_before is
    'Delta the leg had to draw on, + long, − short; null for calendar spreads.';
comment on column margin.spread_leg_formed.consumed is 'Delta the leg consumed, a magnitude.';
comment on column margin.spread_leg_formed.contract_months is 'Months consumed from, in the order of consumption.';
comment on column margin.spread_leg_formed.consumed_by_month is 'What each of those months gave, in units that margin.delta_of_units reads, magnitudes.';
comment on column margin.spread_leg_formed.weighted_price_risk is
    'Price risk a unit of delta the rate is applied to; null for a flat charge.';
comment on column margin.spread_leg_formed.rate is
    'Charge or credit rate, 0 or more: money a spread, or a fraction of the weighted price risk.';
comment on column margin.spread_leg_formed.currency is 'Currency of the row''s amounts.';
comment on column margin.spread_leg_formed.charge is 'Charge, exact, 0 or more; the whole spread''s stands on its first leg.';
comment on column margin.spread_leg_formed.credit is 'Credit of the leg before the cap, 8 decimals, 0 or more.';

create table margin.scan_spread_risk (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    spread text collate "C" not null,
    currency text collate "C" not null,
    legs text[] not null,
    portfolio_array numeric[] not null,
    active_scenario smallint,
    scan numeric not null check (scan >= 0),
    time_risk numeric,
    volatility_risk numeric,
    price_risk numeric,
    intra_charge numeric not null,
    delivery_charge numeric not null,
    applied_credit numeric not null,
    short_option_minimum numeric not null,
    net_option_value numeric not null,
    risk numeric not null check (risk >= 0),
    initial_risk numeric not null check (initial_risk >= 0),
    primary key (run_id, account, owner, spread),
    constraint risk_is_the_sum_of_its_components
        check (risk = greatest(scan + intra_charge + delivery_charge - applied_credit, short_option_minimum)),
    constraint numbers_are_finite check (
        greatest(scan, time_risk, volatility_risk, price_risk, intra_charge, delivery_charge, applied_credit,
            short_option_minimum, net_option_value, risk, initial_risk) < 'Infinity'
        and least(scan, time_risk, volatility_risk, price_risk, intra_charge, delivery_charge, applied_credit,
            short_option_minimum, net_option_value, risk, initial_risk) > '-Infinity')
) partition by range (run_id);
create trigger scan_spread_risk_is_of_a_run after insert on margin.scan_spread_risk referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- scan_spread_risk_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('scan_spread_risk', 'offsets', 'account');
comment on table margin.scan_spread_risk is
    'Risk of combined commodities scanned as one. Grain: one row a run, account, owner and spread.';
comment on column margin.scan_spread_risk.run_id is 'The run.';
comment on column margin.scan_spread_risk.account is 'Margin account.';
comment on column margin.scan_spread_risk.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.scan_spread_risk.spread is 'Spread.';
comment on column margin.scan_spread_risk.currency is 'Currency of the row''s amounts.';
comment on column margin.scan_spread_risk.legs is 'The combined commodities, in order.';
comment on column margin.scan_spread_risk.portfolio_array is
    'Loss of all legs in each scenario, gains × the credit rate first; + loss, in units of the currency, exact.';
comment on column margin.scan_spread_risk.active_scenario is
    'Scenario of the largest loss, the lowest number on ties; null where there is none.';
comment on column margin.scan_spread_risk.scan is 'Largest loss over the scenarios, 0 or more.';
comment on column margin.scan_spread_risk.time_risk is 'Mean loss of scenarios 1 and 2, exact, + loss; null where not defined.';
comment on column margin.scan_spread_risk.volatility_risk is
    'Half of what the active scenario loses more than its pair, exact; null where not defined.';
comment on column margin.scan_spread_risk.price_risk is 'max(0, scan − time − volatility), exact; null where not defined.';
comment on column margin.scan_spread_risk.intra_charge is 'Sum of the legs'' charges of calendar spreads, 0 or more.';
comment on column margin.scan_spread_risk.delivery_charge is 'Sum of the legs'' delivery charges, 0 or more.';
comment on column margin.scan_spread_risk.applied_credit is
    'Sum of the legs'' credits of super spreads that are given, 0 or more.';
comment on column margin.scan_spread_risk.short_option_minimum is 'Least charge for short options, 0 or more.';
comment on column margin.scan_spread_risk.net_option_value is
    'Value of long less short premium-style options at settlement, + lowers the requirement.';
comment on column margin.scan_spread_risk.risk is
    'max(scan + intra + delivery − applied credit, short option minimum), 0 or more.';
comment on column margin.scan_spread_risk.initial_risk is 'Risk × the initial ratio of the account class, 0 or more.';

create table margin.delivery_month_charge (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    combined_commodity text collate "C" not null,
    contract_month text collate "C" not null,
    remaining margin.delta not null,
    consumed margin.delta not null,
    charge numeric not null check (charge >= 0),
    primary key (run_id, account, owner, combined_commodity, contract_month),
    constraint numbers_are_finite check (
        charge > '-Infinity' and charge < 'Infinity')
) partition by range (run_id);
create trigger delivery_month_charge_is_of_a_run after insert on margin.delivery_month_charge referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- delivery_month_charge_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('delivery_month_charge', 'offsets', 'account');
comment on table margin.delivery_month_charge is
    'Charges of months in their delivery period. Grain: one row a run, account, owner, combined commodity and month.';
comment on column margin.delivery_month_charge.run_id is 'The run.';
comment on column margin.delivery_month_charge.account is 'Margin account.';
comment on column margin.delivery_month_charge.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.delivery_month_charge.combined_commodity is 'Combined commodity.';
comment on column margin.delivery_month_charge.contract_month is 'Contract month.';
comment on column margin.delivery_month_charge.remaining is
    'Delta no spread has consumed, a magnitude; long and short added where gross.';
comment on column margin.delivery_month_charge.consumed is 'Delta that super and calendar spreads have consumed, a magnitude.';
comment on column margin.delivery_month_charge.charge is
    'remaining × outright rate + consumed × spread rate, exact, 0 or more.';

create table margin.value_at_risk (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    risk_group text collate "C" not null,
    measure text not null check (measure in ('scan', 'es', 'higher')),
    currency text collate "C" not null,
    scenarios integer not null check (scenarios > 0),
    value_at_risk numeric not null,
    expected_shortfall numeric not null,
    stressed_scenarios integer not null check (stressed_scenarios >= 0),
    stressed_expected_shortfall numeric,
    core numeric not null check (core >= 0),
    scan_risk numeric not null check (scan_risk >= 0),
    risk numeric not null check (risk >= 0),
    challenger numeric not null check (challenger >= 0),
    initial_risk numeric not null check (initial_risk >= 0),
    break_excess numeric check (break_excess >= 0),
    break_add_on numeric check (break_add_on >= 0),
    losses_sha256 bytea not null check (length(losses_sha256) = 32),
    losses bigint[],
    stressed_losses bigint[],
    primary key (run_id, account, owner, risk_group),
    constraint stressed_scenarios_have_a_shortfall
        check ((stressed_scenarios > 0) = (stressed_expected_shortfall is not null)),
    constraint risk_is_what_the_group_declares
        check (risk = case measure when 'scan' then scan_risk when 'es' then core else greatest(scan_risk, core) end),
    constraint challenger_is_the_other_measure
        check (challenger = case measure when 'scan' then core when 'es' then scan_risk else least(scan_risk, core) end),
    constraint core_is_no_less_than_the_shortfall check (core >= expected_shortfall),
    constraint losses_are_kept_together check (num_nulls(losses, stressed_losses) in (0, 2)),
    constraint break_is_whole_or_not_there check ((break_excess is null) = (break_add_on is null)),
    constraint numbers_are_finite check (
        greatest(value_at_risk, expected_shortfall, stressed_expected_shortfall, core, scan_risk, risk, challenger,
            initial_risk, break_excess, break_add_on) < 'Infinity'
        and least(value_at_risk, expected_shortfall, stressed_expected_shortfall, core, scan_risk, risk, challenger,
            initial_risk, break_excess, break_add_on) > '-Infinity')
) partition by range (run_id);
create trigger value_at_risk_is_of_a_run after insert on margin.value_at_risk referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- value_at_risk_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('value_at_risk', 'offsets', 'account');
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
comment on column margin.value_at_risk.core is 'max(0, expected shortfall, its blend with the stressed one), rounded once.';
comment on column margin.value_at_risk.scan_risk is 'Sum of the group''s risk by scanning, spreads and charges.';
comment on column margin.value_at_risk.risk is 'What counts: scan_risk, core, or the higher.';
comment on column margin.value_at_risk.challenger is 'The measure that does not count.';
comment on column margin.value_at_risk.initial_risk is 'risk times the initial ratio of the account class.';
comment on column margin.value_at_risk.break_excess is
    'How far the value at risk of parts of the history exceeds the whole''s, to 6 decimals; null where it is not asked for.';
comment on column margin.value_at_risk.break_add_on is
    'The add-on for it, charged where the group declares es or higher; null where it is not asked for.';
comment on column margin.value_at_risk.losses_sha256 is
    'SHA-256 of the losses in array units, oldest first, then the stressed ones, eight bytes each, highest first.';
comment on column margin.value_at_risk.losses is
    'Loss in each scenario, oldest first, in array units; null where the simulation keeps none.';
comment on column margin.value_at_risk.stressed_losses is 'The same for the stressed scenarios.';

create table margin.component_shortfall (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    risk_group text collate "C" not null,
    series text collate "C" not null,
    quantity bigint not null,
    currency text collate "C" not null,
    component_shortfall numeric not null,
    primary key (run_id, account, owner, risk_group, series),
    constraint numbers_are_finite check (
        component_shortfall > '-Infinity' and component_shortfall < 'Infinity')
) partition by range (run_id);
create trigger component_shortfall_is_of_a_run after insert on margin.component_shortfall referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- component_shortfall_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('component_shortfall', 'offsets', 'account');
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

create table margin.risk_group_share (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    combined_commodity text collate "C" not null,
    risk_group text collate "C" not null,
    currency text collate "C" not null,
    standalone_core numeric not null check (standalone_core >= 0),
    risk numeric not null check (risk >= 0),
    initial_risk numeric not null check (initial_risk >= 0),
    standalone_initial_risk numeric not null check (standalone_initial_risk >= 0),
    primary key (run_id, account, owner, combined_commodity),
    constraint numbers_are_finite check (
        greatest(standalone_core, risk, initial_risk, standalone_initial_risk) < 'Infinity'
        and least(standalone_core, risk, initial_risk, standalone_initial_risk) > '-Infinity')
) partition by range (run_id);
create trigger risk_group_share_is_of_a_run after insert on margin.risk_group_share referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- risk_group_share_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('risk_group_share', 'offsets', 'account');
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

create table margin.currency_requirement (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    currency text collate "C" not null,
    initial_risk numeric not null check (initial_risk >= 0),
    net_option_value numeric not null,
    offset_add_back numeric not null check (offset_add_back >= 0),
    requirement numeric not null check (requirement >= 0),
    primary key (run_id, account, owner, currency),
    constraint numbers_are_finite check (
        greatest(initial_risk, net_option_value, offset_add_back, requirement) < 'Infinity'
        and least(initial_risk, net_option_value, offset_add_back, requirement) > '-Infinity')
) partition by range (run_id);
create trigger currency_requirement_is_of_a_run after insert on margin.currency_requirement referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- currency_requirement_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('currency_requirement', 'offsets', 'account');
comment on table margin.currency_requirement is
    'Requirement of each owner in its own currency. Grain: one row a run, account, owner and currency.';
comment on column margin.currency_requirement.run_id is 'The run.';
comment on column margin.currency_requirement.account is 'Margin account.';
comment on column margin.currency_requirement.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.currency_requirement.currency is 'Currency of the row''s amounts.';
comment on column margin.currency_requirement.initial_risk is 'Sum of the combined commodities'' initial risk, 0 or more.';
comment on column margin.currency_requirement.net_option_value is
    'Value of long less short premium-style options at settlement, + lowers the requirement.';
comment on column margin.currency_requirement.offset_add_back is 'What the offset cap takes back of the offsets, 0 or more.';
comment on column margin.currency_requirement.requirement is
    'max(0, initial risk + add-back − net option value), or as the account class''s rules say; 0 or more.';

create table margin.requirement (
    run_id bigint not null,
    account text collate "C" not null,
    currency text collate "C" not null,
    amount numeric not null check (amount >= 0),
    fx_rate numeric not null check (fx_rate > 0),
    fx_haircut numeric not null check (fx_haircut between 0 and 1),
    call_currency text collate "C" not null,
    converted_amount numeric not null check (converted_amount >= 0),
    primary key (run_id, account, currency),
    constraint numbers_are_finite check (
        greatest(amount, fx_rate, converted_amount) < 'Infinity'
        and least(amount, fx_rate, converted_amount) > '-Infinity')
) partition by range (run_id);
create trigger requirement_is_of_a_run after insert on margin.requirement referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- requirement_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('requirement', 'offsets', 'account');
comment on table margin.requirement is
    'Requirement of each account, owners summed, and its conversion. Grain: one row a run, account and currency.';
comment on column margin.requirement.run_id is 'The run.';
comment on column margin.requirement.account is 'Margin account.';
comment on column margin.requirement.currency is 'Currency of the row''s amounts.';
comment on column margin.requirement.amount is 'Requirement in its own currency, 0 or more.';
comment on column margin.requirement.fx_rate is 'Units of the call currency for one unit of the row''s currency, above 0.';
comment on column margin.requirement.fx_haircut is 'Haircut of the currency pair, 0 to 1.';
comment on column margin.requirement.call_currency is 'Currency of the account''s call.';
comment on column margin.requirement.converted_amount is 'amount × fx_rate × (1 + fx_haircut) in the call currency, 0 or more.';
