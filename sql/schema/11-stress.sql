-- purpose: stress testing: what stands behind the members, and the scenarios of parameter sets
create table margin.house (
    effective_from date not null,
    base_currency margin.currency_code not null,
    wants_tomorrow boolean not null default false,
    wants_pages boolean not null default false,
    lei margin.lei,
    wants_attribution boolean not null default false,
    calls_due text not null default ''
        check (calls_due = '' or calls_due ~ '^([01][0-9]|2[0-3]):[0-5][0-9] [A-Za-z]+([/_+-][A-Za-z0-9]+)*$')
);
-- house_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('house', '{effective_from}');
comment on table margin.house is
    'What the clearing house counts its own figures in, and which reports it wants. Grain: one row a first day and revision; the latest not after a business date counts.';
comment on column margin.house.effective_from is 'First business date the row holds for.';
comment on column margin.house.base_currency is 'Currency of stress figures and of what is held against the guaranty fund.';
comment on column margin.house.wants_tomorrow is
    'Whether the night says what the next business date will call if nothing moves: reports tomorrow, house-tomorrow, tomorrow-calls.';
comment on column margin.house.calls_due is
    'When what is called is due on its day, with its zone, as 12:00 Europe/Berlin; empty where the house does not say.';
comment on column margin.house.wants_pages is 'Whether the night writes a page for each member and one for the house.';
comment on column margin.house.wants_attribution is
    'Whether the night says why requirements and add-ons moved since the night before: attribution and the reports below it.';
comment on column margin.house.lei is
    'The house''s legal entity identifier, as whose codes messages give those of members and accounts; null: none is written.';

create table margin.guaranty_fund (
    effective_from date not null,
    amount margin.non_negative not null,
    currency margin.currency_code not null
);
-- guaranty_fund_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('guaranty_fund', '{effective_from}');
comment on table margin.guaranty_fund is
    'Prefunded mutualised resources. Grain: one row a first day and revision; the latest not after a business date counts.';
comment on column margin.guaranty_fund.effective_from is 'First business date the row holds for.';
comment on column margin.guaranty_fund.amount is
    'All of it in units of its currency, the house''s own tranche included; 0 or more, and 0 is a value.';
comment on column margin.guaranty_fund.currency is 'Currency of the amount.';

create table margin.guaranty_fund_contribution (
    effective_from date not null,
    member margin.member_code not null,
    amount margin.non_negative not null,
    currency margin.currency_code not null,
    fund_account margin.code
);
-- guaranty_fund_contribution_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('guaranty_fund_contribution', '{effective_from, member}');
comment on table margin.guaranty_fund_contribution is
    'What members have paid into the guaranty fund. Grain: one row a first day, member and revision; of each member the latest not after a business date counts.';
comment on column margin.guaranty_fund_contribution.effective_from is 'First business date the row holds for.';
comment on column margin.guaranty_fund_contribution.member is 'Clearing member.';
comment on column margin.guaranty_fund_contribution.amount is 'Contribution in units of its currency, 0 or more.';
comment on column margin.guaranty_fund_contribution.currency is 'Currency of the amount.';
comment on column margin.guaranty_fund_contribution.fund_account is
    'Account of the member at the bank that holds the fund, as the message secl.006 names it; null where none is told.';

create table margin.liquidity_resource (
    effective_from date not null,
    member margin.member_code not null,
    amount margin.non_negative not null,
    currency margin.currency_code not null
);
-- liquidity_resource_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('liquidity_resource', '{effective_from, member}');
comment on table margin.liquidity_resource is
    'Cash that members can raise at once. Grain: one row a first day, member and revision; of each member the latest not after a business date counts.';
comment on column margin.liquidity_resource.effective_from is 'First business date the row holds for.';
comment on column margin.liquidity_resource.member is 'Clearing member.';
comment on column margin.liquidity_resource.amount is
    'What it can raise beyond its posted collateral, in units of its currency, 0 or more.';
comment on column margin.liquidity_resource.currency is 'Currency of the amount.';

create table margin.stress_set (
    parameter_set margin.code not null references margin.parameter_set,
    stress_set margin.code not null,
    horizon_days margin.non_negative not null default 0 check (horizon_days <= 60),
    house_surplus_covers_clients boolean not null default false,
    add_on_share margin.fraction,
    reverse_step margin.positive,
    reverse_max margin.positive check (reverse_max <= 100),
    cover_count smallint not null default 2 check (cover_count between 1 and 10),
    round_cap smallint check (round_cap between 1 and 100),
    close_out_days smallint not null default 1 check (close_out_days >= 1),
    clients_are_closed_out boolean not null default false,
    constraint reverse_stress_is_whole_or_not_there check (num_nulls(reverse_step, reverse_max) in (0, 2)),
    constraint reverse_stress_ends check (reverse_step <= reverse_max and reverse_max <= 1000 * reverse_step)
);
-- stress_set_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('stress_set', '{parameter_set}');
comment on table margin.stress_set is
    'How a house is stressed; without a row nothing is. Grain: one row a parameter set.';
comment on column margin.stress_set.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.stress_set.stress_set is 'Name of the set of scenarios, as reports show it.';
comment on column margin.stress_set.horizon_days is
    'Days of the day count by which what is stressed stands nearer expiry, 0 to 60.';
comment on column margin.stress_set.house_surplus_covers_clients is
    'Whether what a member''s house has to spare covers its clients'' shortfall.';
comment on column margin.stress_set.add_on_share is
    'Share of the guaranty fund above which a member''s worst shortfall is charged, 0 to 1; null: no stress add-on.';
comment on column margin.stress_set.reverse_step is
    'Step of the multiples that reverse stress tries, above 0; null, as the next: no reverse stress.';
comment on column margin.stress_set.reverse_max is 'Largest multiple tried, at most 100 and at most 1,000 steps.';
comment on column margin.stress_set.cover_count is 'Groups whose shortfalls the fund is held against, 1 to 10.';
comment on column margin.stress_set.round_cap is 'Rounds that follow a default at most, 1 to 100; null: no second round.';
comment on column margin.stress_set.close_out_days is
    'Days in which a defaulter''s positions are closed out, 1 or more: what participation is reported over.';
comment on column margin.stress_set.clients_are_closed_out is 'Whether a defaulter''s clients are closed out too.';

create table margin.stress_scenario (
    parameter_set margin.code not null,
    number smallint not null check (number >= 1),
    scenario margin.code not null,
    kind text not null
        check (kind in ('historical', 'parallel', 'twist', 'volatility_only', 'all_up', 'all_down', 'other')),
    from_date date,
    to_date date,
    source margin.label not null default '',
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, parent_revision) references margin.stress_set (parameter_set, revision)
);
-- stress_scenario_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('stress_scenario', '{parameter_set, number}');
comment on table margin.stress_scenario is 'Stress scenarios. Grain: one row a parameter set and number.';
comment on column margin.stress_scenario.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.stress_scenario.number is '1, 2, … without a gap: the scenario''s place in every list by scenario.';
comment on column margin.stress_scenario.scenario is 'The scenario''s code.';
comment on column margin.stress_scenario.kind is
    'historical, parallel, twist, volatility_only, all_up, all_down or other; the moves are held to it.';
comment on column margin.stress_scenario.from_date is 'First day of the moves; historical scenarios only.';
comment on column margin.stress_scenario.to_date is 'Last day of the moves, after the first; historical scenarios only.';
comment on column margin.stress_scenario.source is 'Where the moves come from, or empty.';

create table margin.stress_move (
    parameter_set margin.code not null,
    number smallint not null,
    move smallint not null check (move >= 1),
    combined_commodity margin.code,
    from_month margin.contract_month,
    to_month margin.contract_month,
    price_kind text not null check (price_kind in ('relative', 'log', 'absolute')),
    price_move margin.exact not null,
    volatility_kind text not null default 'relative' check (volatility_kind in ('relative', 'points')),
    volatility_move margin.exact not null default 0,
    parent_revision integer not null generated always as (1) stored,
    foreign key (parameter_set, number, parent_revision) references margin.stress_scenario (parameter_set, number, revision)
);
-- stress_move_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('stress_move', '{parameter_set, number, move}');
comment on table margin.stress_move is
    'What a stress scenario does to prices and volatilities. Grain: one row a parameter set, scenario and row of it.';
comment on column margin.stress_move.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.stress_move.number is 'Number of the scenario.';
comment on column margin.stress_move.move is '1, 2, … within the scenario: tells its rows apart.';
comment on column margin.stress_move.combined_commodity is
    'Combined commodity whose series the row moves; null for those without any row of their own.';
comment on column margin.stress_move.from_month is 'First contract month the row is for; null for all up to the last.';
comment on column margin.stress_move.to_month is 'Last contract month the row is for; null for all from the first.';
comment on column margin.stress_move.price_kind is
    'relative (fraction of the price''s magnitude), log or absolute (units of price).';
comment on column margin.stress_move.price_move is 'Move of the price: relative -1 to 10, log -5 to 5, absolute any.';
comment on column margin.stress_move.volatility_kind is 'relative (fraction of the volatility) or points (its own unit).';
comment on column margin.stress_move.volatility_move is 'Move of the volatility: relative -1 to 10, points any.';

create table margin.close_out_impact (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    impact_coefficient margin.non_negative not null
);
-- close_out_impact_as_of(pin, on_date): the rows a run that pinned that load sees on its date.
select margin.version_parameter('close_out_impact', '{parameter_set, combined_commodity}');
comment on table margin.close_out_impact is
    'What closing a defaulter out does to prices. Grain: one row a parameter set and combined commodity.';
comment on column margin.close_out_impact.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.close_out_impact.combined_commodity is
    'Combined commodity; its volume and daily volatility are in liquidity.';
comment on column margin.close_out_impact.impact_coefficient is 'Coefficient of the square-root law, without unit, 0 or more.';
