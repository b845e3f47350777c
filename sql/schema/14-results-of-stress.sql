-- purpose: what stress testing found: arrays, exposures, shortfalls, the fund held against them, and what a default would do
create table margin.stress_array (
    run_id bigint not null,
    series text collate "C" not null,
    combined_commodity text collate "C" not null,
    stress_set text collate "C" not null,
    array_decimals margin.array_decimals not null,
    stress_array bigint[] not null,
    primary key (run_id, series)
) partition by range (run_id);
create trigger stress_array_is_of_a_run after insert on margin.stress_array referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- stress_array_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('stress_array', 'stress', 'series');
comment on table margin.stress_array is
    'What one long contract loses under stress. Grain: one row a run and series.';
comment on column margin.stress_array.run_id is 'The run.';
comment on column margin.stress_array.series is 'Series.';
comment on column margin.stress_array.combined_commodity is 'Combined commodity.';
comment on column margin.stress_array.stress_set is 'Stress set.';
comment on column margin.stress_array.array_decimals is 'Decimals of the list''s values, 0 to 8.';
comment on column margin.stress_array.stress_array is
    'Loss of one long contract in each scenario, + loss, − gain, in the margin currency × 10^array_decimals; by scenario number.';

create table margin.stress_exposure (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    member text collate "C" not null,
    currency text collate "C" not null,
    minor_unit_decimals smallint not null,
    cover numeric not null check (cover >= 0),
    no_offset_exposure numeric not null,
    exposure bigint[] not null,
    primary key (run_id, account, owner),
    constraint numbers_are_finite check (
        abs(cover) + abs(no_offset_exposure) < 'Infinity')
) partition by range (run_id);
create trigger stress_exposure_is_of_a_run after insert on margin.stress_exposure referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- stress_exposure_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('stress_exposure', 'stress', 'account');
comment on table margin.stress_exposure is
    'What closing an account or owner out would cost: loss less net option value. Grain: one row a run, account and owner.';
comment on column margin.stress_exposure.run_id is 'The run.';
comment on column margin.stress_exposure.account is 'Margin account.';
comment on column margin.stress_exposure.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.stress_exposure.member is 'Clearing member.';
comment on column margin.stress_exposure.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.stress_exposure.minor_unit_decimals is
    'Decimals of the lists'' amounts: they hold whole minor units.';
comment on column margin.stress_exposure.cover is 'Requirement and add-ons, without the stress add-on, 0 or more.';
comment on column margin.stress_exposure.no_offset_exposure is 'The bound in which no combined commodity offsets another.';
comment on column margin.stress_exposure.exposure is 'In each scenario, + a cost; by scenario number.';

create table margin.stress_unit (
    run_id bigint not null,
    member text collate "C" not null,
    unit text collate "C" not null,
    currency text collate "C" not null,
    minor_unit_decimals smallint not null,
    cover numeric not null check (cover >= 0),
    no_offset_exposure numeric not null,
    no_offset_shortfall numeric not null check (no_offset_shortfall >= 0),
    exposure bigint[] not null,
    shortfall bigint[] not null,
    primary key (run_id, member, unit),
    constraint numbers_are_finite check (
        abs(cover) + abs(no_offset_exposure) + abs(no_offset_shortfall) < 'Infinity')
) partition by range (run_id);
create trigger stress_unit_is_of_a_run after insert on margin.stress_unit referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- stress_unit_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('stress_unit', 'stress');
comment on table margin.stress_unit is
    'What is closed out on its own and is short of something, and every house. Grain: one row a run, member and unit.';
comment on column margin.stress_unit.run_id is 'The run.';
comment on column margin.stress_unit.member is 'Clearing member.';
comment on column margin.stress_unit.unit is
    'house (all of the member''s own accounts), a client account, or ACCOUNT/OWNER of a segregated one.';
comment on column margin.stress_unit.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.stress_unit.minor_unit_decimals is 'Decimals of the lists'' amounts: they hold whole minor units.';
comment on column margin.stress_unit.cover is 'Requirement and add-ons, without the stress add-on, 0 or more.';
comment on column margin.stress_unit.no_offset_exposure is 'The bound in which no combined commodity offsets another.';
comment on column margin.stress_unit.no_offset_shortfall is 'What of it the cover leaves open, 0 or more.';
comment on column margin.stress_unit.exposure is 'In each scenario, + a cost; by scenario number.';
comment on column margin.stress_unit.shortfall is 'What of it the cover leaves open in each scenario, 0 or more.';

create table margin.member_stress (
    run_id bigint not null,
    member text collate "C" not null,
    currency text collate "C" not null,
    minor_unit_decimals smallint not null,
    no_offset_shortfall numeric not null check (no_offset_shortfall >= 0),
    shortfall bigint[] not null,
    primary key (run_id, member),
    constraint numbers_are_finite check (
        abs(no_offset_shortfall) < 'Infinity')
) partition by range (run_id);
create trigger member_stress_is_of_a_run after insert on margin.member_stress referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- member_stress_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('member_stress', 'stress');
comment on table margin.member_stress is
    'Shortfalls of members. Grain: one row a run and member.';
comment on column margin.member_stress.run_id is 'The run.';
comment on column margin.member_stress.member is 'Clearing member.';
comment on column margin.member_stress.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.member_stress.minor_unit_decimals is
    'Decimals of the lists'' amounts: they hold whole minor units.';
comment on column margin.member_stress.no_offset_shortfall is
    'The bound in which no combined commodity offsets another, 0 or more.';
comment on column margin.member_stress.shortfall is 'In each scenario, 0 or more; by scenario number.';

create table margin.group_stress (
    run_id bigint not null,
    member_group text collate "C" not null,
    currency text collate "C" not null,
    minor_unit_decimals smallint not null,
    no_offset_shortfall numeric not null check (no_offset_shortfall >= 0),
    shortfall bigint[] not null,
    primary key (run_id, member_group),
    constraint numbers_are_finite check (
        abs(no_offset_shortfall) < 'Infinity')
) partition by range (run_id);
create trigger group_stress_is_of_a_run after insert on margin.group_stress referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- group_stress_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('group_stress', 'stress');
comment on table margin.group_stress is
    'Shortfalls of groups of members. Grain: one row a run and group.';
comment on column margin.group_stress.run_id is 'The run.';
comment on column margin.group_stress.member_group is 'Group of members.';
comment on column margin.group_stress.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.group_stress.minor_unit_decimals is 'Decimals of the lists'' amounts: they hold whole minor units.';
comment on column margin.group_stress.no_offset_shortfall is
    'The bound in which no combined commodity offsets another, 0 or more.';
comment on column margin.group_stress.shortfall is 'In each scenario, 0 or more; by scenario number.';

create table margin.cover_two (
    run_id bigint not null,
    scenario_number smallint not null check (scenario_number >= 0),
    scenario text collate "C" not null,
    is_maximum boolean not null,
    member_groups text[] not null,
    currency text collate "C" not null,
    total_exposure numeric not null,
    total_cover numeric not null check (total_cover >= 0),
    cover_one numeric not null check (cover_one >= 0),
    cover_two numeric not null check (cover_two >= 0),
    mutualised numeric not null check (mutualised >= 0),
    fund numeric not null check (fund >= 0),
    sufficiency numeric check (sufficiency >= 0),
    is_sufficient boolean not null,
    contributions_exceed_fund boolean not null,
    primary key (run_id, scenario_number),
    constraint fund_suffices_where_it_bears_the_need check (is_sufficient = (cover_two <= fund)),
    constraint one_group_is_among_them check (cover_one <= cover_two and mutualised <= cover_two),
    constraint numbers_are_finite check (
        abs(total_exposure) + abs(total_cover) + abs(cover_one) + abs(cover_two) + abs(mutualised) + abs(fund) + coalesce(abs(sufficiency), 0) < 'Infinity')
) partition by range (run_id);
create trigger cover_two_is_of_a_run after insert on margin.cover_two referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- cover_two_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('cover_two', 'stress');
comment on table margin.cover_two is
    'What the guaranty fund would have to bear. Grain: one row a run and scenario.';
comment on column margin.cover_two.run_id is 'The run.';
comment on column margin.cover_two.scenario_number is 'Number of the scenario; 0 for the bound without offsets.';
comment on column margin.cover_two.scenario is 'Its code; no-offset for the bound.';
comment on column margin.cover_two.is_maximum is
    'Whether it is the scenario with the largest need, the lowest number among equals; never the bound.';
comment on column margin.cover_two.member_groups is
    'The groups with the largest shortfalls, largest first, as many as the stress set counts.';
comment on column margin.cover_two.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.cover_two.total_exposure is 'Exposures of all accounts and owners added up, + a cost.';
comment on column margin.cover_two.total_cover is 'What all of them are covered by, 0 or more.';
comment on column margin.cover_two.cover_one is 'Largest shortfall of one group, 0 or more.';
comment on column margin.cover_two.cover_two is 'Sum of those groups'' shortfalls, 0 or more.';
comment on column margin.cover_two.mutualised is 'What of it their members'' own contributions do not bear, 0 or more.';
comment on column margin.cover_two.fund is 'The guaranty fund, 0 or more.';
comment on column margin.cover_two.sufficiency is 'Fund over need, 6 decimals; null where nothing is needed.';
comment on column margin.cover_two.is_sufficient is 'Whether the fund bears it.';
comment on column margin.cover_two.contributions_exceed_fund is
    'Whether contributions in several currencies come to more than the fund at the date''s rates.';

create table margin.reverse_stress (
    run_id bigint not null,
    scenario_number smallint not null,
    scenario text collate "C" not null,
    status text not null check (status in ('reached', 'not_reached', 'domain')),
    is_smallest boolean not null,
    currency text collate "C" not null,
    multiplier numeric check (multiplier > 0),
    cover_two numeric check (cover_two >= 0),
    member_groups text[] not null,
    reason text not null,
    primary key (run_id, scenario_number),
    constraint reached_has_its_figures check ((status = 'reached') = (multiplier is not null)
        and (status = 'reached') = (cover_two is not null)),
    constraint numbers_are_finite check (
        coalesce(abs(multiplier), 0) + coalesce(abs(cover_two), 0) < 'Infinity')
) partition by range (run_id);
create trigger reverse_stress_is_of_a_run after insert on margin.reverse_stress referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- reverse_stress_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('reverse_stress', 'stress');
comment on table margin.reverse_stress is
    'The multiple of a scenario''s moves at which the fund breaks. Grain: one row a run and scenario.';
comment on column margin.reverse_stress.run_id is 'The run.';
comment on column margin.reverse_stress.scenario_number is 'Number of the scenario.';
comment on column margin.reverse_stress.scenario is 'Its code.';
comment on column margin.reverse_stress.status is
    'reached, not_reached (within the grid), or domain: a series has no value at some multiple before.';
comment on column margin.reverse_stress.is_smallest is
    'Whether it is the smallest multiple of all, the lowest number among equals.';
comment on column margin.reverse_stress.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.reverse_stress.multiplier is 'The multiple, to a thousandth; null unless reached.';
comment on column margin.reverse_stress.cover_two is 'What the fund would have to bear there; null unless reached.';
comment on column margin.reverse_stress.member_groups is
    'The groups with the largest shortfalls there, largest first; empty unless reached.';
comment on column margin.reverse_stress.reason is 'Why a series has no value; empty unless the status is domain.';

create table margin.second_round (
    run_id bigint not null,
    round smallint not null check (round >= 0),
    scenario_number smallint not null,
    scenario text collate "C" not null,
    member_groups text[] not null,
    currency text collate "C" not null,
    shortfall numeric not null check (shortfall >= 0),
    fund_left numeric not null check (fund_left >= 0),
    cap_reached boolean not null,
    reason text not null,
    primary key (run_id, round),
    constraint numbers_are_finite check (
        abs(shortfall) + abs(fund_left) < 'Infinity')
) partition by range (run_id);
create trigger second_round_is_of_a_run after insert on margin.second_round referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- second_round_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('second_round', 'stress');
comment on table margin.second_round is
    'A default followed through the others, round by round. Grain: one row a run and round.';
comment on column margin.second_round.run_id is 'The run.';
comment on column margin.second_round.round is '0 for the default itself, then 1, 2, ….';
comment on column margin.second_round.scenario_number is 'Number of the scenario.';
comment on column margin.second_round.scenario is 'Its code.';
comment on column margin.second_round.member_groups is 'The groups that default in the round.';
comment on column margin.second_round.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.second_round.shortfall is
    'Shortfalls of all groups defaulted so far at the round''s prices, 0 or more.';
comment on column margin.second_round.fund_left is 'What they leave of the fund, 0 or more.';
comment on column margin.second_round.cap_reached is
    'Whether groups still defaulted in the last round the stress set follows.';
comment on column margin.second_round.reason is 'Why the rounds end before their time; empty where they do not.';

create table margin.second_round_impact (
    run_id bigint not null,
    round smallint not null check (round >= 1),
    combined_commodity text collate "C" not null,
    net_delta margin.delta not null,
    price_move numeric not null,
    participation numeric check (participation >= 0),
    is_more_than_volume boolean not null,
    primary key (run_id, round, combined_commodity),
    constraint longs_lower_the_price check (net_delta * price_move <= 0),
    constraint numbers_are_finite check (
        abs(price_move) + coalesce(abs(participation), 0) < 'Infinity')
) partition by range (run_id);
create trigger second_round_impact_is_of_a_run after insert on margin.second_round_impact referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- second_round_impact_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('second_round_impact', 'stress');
comment on table margin.second_round_impact is
    'What closing the defaulters out does to prices. Grain: one row a run, round and combined commodity.';
comment on column margin.second_round_impact.run_id is 'The run.';
comment on column margin.second_round_impact.round is 'Round.';
comment on column margin.second_round_impact.combined_commodity is 'Combined commodity.';
comment on column margin.second_round_impact.net_delta is 'Net delta before spreads of all who are closed out, long +.';
comment on column margin.second_round_impact.price_move is 'What it adds to the price, in price units, 6 decimals.';
comment on column margin.second_round_impact.participation is
    'Its size over what is traded in the days of the close-out, 6 decimals; null without a volume.';
comment on column margin.second_round_impact.is_more_than_volume is 'Whether more is closed out than is traded.';

create table margin.second_round_member (
    run_id bigint not null,
    round smallint not null check (round >= 1),
    member text collate "C" not null,
    currency text collate "C" not null,
    need numeric not null check (need >= 0),
    uncovered numeric not null check (uncovered >= 0),
    resource numeric not null check (resource >= 0),
    defaults boolean not null,
    primary key (run_id, round, member),
    constraint member_defaults_beyond_its_resource check (defaults = (uncovered > resource)),
    constraint numbers_are_finite check (
        abs(need) + abs(uncovered) + abs(resource) < 'Infinity')
) partition by range (run_id);
create trigger second_round_member_is_of_a_run after insert on margin.second_round_member referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- second_round_member_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('second_round_member', 'stress');
comment on table margin.second_round_member is
    'What surviving members would have to find. Grain: one row a run, round and member.';
comment on column margin.second_round_member.run_id is 'The run.';
comment on column margin.second_round_member.round is 'Round.';
comment on column margin.second_round_member.member is 'Clearing member that survived the rounds before.';
comment on column margin.second_round_member.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.second_round_member.need is 'What its units need at the moved prices, 0 or more.';
comment on column margin.second_round_member.uncovered is 'What of it their accepted collateral leaves open, 0 or more.';
comment on column margin.second_round_member.resource is 'Cash it can raise at once, 0 or more.';
comment on column margin.second_round_member.defaults is 'Whether it cannot raise what is uncovered.';

create table margin.stress_add_on (
    run_id bigint not null,
    account text collate "C" not null,
    member text collate "C" not null,
    scenario_number smallint not null,
    scenario text collate "C" not null,
    currency text collate "C" not null,
    shortfall numeric not null check (shortfall >= 0),
    charge numeric not null check (charge >= 0),
    amount numeric not null check (amount >= 0),
    call_currency text collate "C" not null,
    converted_amount numeric not null check (converted_amount >= 0),
    primary key (run_id, account),
    constraint numbers_are_finite check (
        abs(shortfall) + abs(charge) + abs(amount) + abs(converted_amount) < 'Infinity')
) partition by range (run_id);
create trigger stress_add_on_is_of_a_run after insert on margin.stress_add_on referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- stress_add_on_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('stress_add_on', 'stress');
comment on table margin.stress_add_on is
    'What accounts are charged because their member''s stress is a large part of the fund. Grain: one row a run and account.';
comment on column margin.stress_add_on.run_id is 'The run.';
comment on column margin.stress_add_on.account is 'Margin account.';
comment on column margin.stress_add_on.member is 'Clearing member.';
comment on column margin.stress_add_on.scenario_number is 'Scenario of the member''s worst shortfall.';
comment on column margin.stress_add_on.scenario is 'Its code.';
comment on column margin.stress_add_on.currency is 'The house''s base currency, in which the amounts are.';
comment on column margin.stress_add_on.shortfall is 'The member''s worst shortfall, 0 or more.';
comment on column margin.stress_add_on.charge is 'The member''s charge, 0 or more; its accounts'' amounts add up to it.';
comment on column margin.stress_add_on.amount is 'The account''s part, above 0.';
comment on column margin.stress_add_on.call_currency is 'Currency of the account''s call.';
comment on column margin.stress_add_on.converted_amount is
    'The part in the call currency, with the haircut of the rate, 0 or more.';
