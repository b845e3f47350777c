-- purpose: add-ons, variation margin, collateral values, calls and what becomes of them, and why requirement and add-ons moved since the night before
create table margin.add_on (
    run_id bigint not null,
    account text collate "C" not null,
    add_on text not null check (add_on in ('liquidity', 'half_spread', 'impact', 'concentration', 'wrong_way', 'credit',
        'correlation_underestimation', 'correlation_break', 'stress')),
    item text collate "C" not null,
    currency text collate "C" not null,
    base numeric not null,
    position_size margin.delta,
    liquidation_days double precision,
    driver text not null,
    amount numeric not null check (amount >= 0),
    call_currency text collate "C" not null,
    converted_amount numeric not null check (converted_amount >= 0),
    owner text collate "C" not null,
    level text not null check (level in ('account', 'member')),
    multiplier numeric,
    primary key (run_id, account, owner, level, add_on, item),
    constraint numbers_are_finite check (
        greatest(base, amount, converted_amount, multiplier) < 'Infinity'
        and least(base, amount, converted_amount, multiplier) > '-Infinity'),
    constraint binary_numbers_are_finite check (
        coalesce(abs(liquidation_days), 0) < 'Infinity')
) partition by range (run_id);
create trigger add_on_is_of_a_run after insert on margin.add_on referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- add_on_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('add_on', 'add-ons', 'account');
comment on table margin.add_on is
    'Add-ons, each a line with its driver. Grain: one row a run, account, owner, level, add-on and item.';
comment on column margin.add_on.run_id is 'The run.';
comment on column margin.add_on.account is 'Margin account.';
comment on column margin.add_on.add_on is
    'liquidity, half_spread, impact, concentration, wrong_way, credit, correlation_underestimation, correlation_break or stress.';
comment on column margin.add_on.item is 'What the line is for: a combined commodity, a liquidity group, or the requirement.';
comment on column margin.add_on.currency is 'Currency of the row''s amounts.';
comment on column margin.add_on.base is 'What the rate is applied to, 0 or more; 0 for charges of a size alone.';
comment on column margin.add_on.position_size is
    'Magnitude of the net delta in contracts; null where the line has no one size.';
comment on column margin.add_on.liquidation_days is 'Days needed to close out, 0 or more; liquidity only.';
comment on column margin.add_on.driver is 'What the amount comes from, in words.';
comment on column margin.add_on.amount is 'The add-on in units of its currency, 0 or more.';
comment on column margin.add_on.call_currency is 'Currency of the account''s call.';
comment on column margin.add_on.converted_amount is 'The add-on in the call currency, 0 or more.';
comment on column margin.add_on.owner is 'Beneficial owner whose position it charges, empty for the account''s.';
comment on column margin.add_on.level is
    'Whether the account''s own position is charged or its share in the member''s: account or member.';
comment on column margin.add_on.multiplier is
    'Diversification alpha, tier factor, credit multiplier or kappa, to 12 decimals; null where the line has none.';

create table margin.requirement_at_credit_cut (
    run_id bigint not null,
    account text collate "C" not null,
    credit_cut text not null check (credit_cut in ('0', '0.1', '0.2', 'all')),
    call_currency text collate "C" not null,
    requirement numeric not null check (requirement >= 0),
    primary key (run_id, account, credit_cut),
    constraint numbers_are_finite check (
        requirement > '-Infinity' and requirement < 'Infinity')
) partition by range (run_id);
create trigger requirement_at_credit_cut_is_of_a_run after insert on margin.requirement_at_credit_cut referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- requirement_at_credit_cut_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('requirement_at_credit_cut', 'add-ons', 'account');
comment on table margin.requirement_at_credit_cut is
    'Requirements had correlation been overestimated. Grain: one row a run, account with a kappa, and credit cut.';
comment on column margin.requirement_at_credit_cut.run_id is 'Run.';
comment on column margin.requirement_at_credit_cut.account is 'Account.';
comment on column margin.requirement_at_credit_cut.credit_cut is
    'What every inter-commodity credit rate is lowered by, absolutely and not below 0: 0, 0.1, 0.2, or all of it.';
comment on column margin.requirement_at_credit_cut.call_currency is 'Currency in which the account is called.';
comment on column margin.requirement_at_credit_cut.requirement is 'The requirement then, in the call currency, 0 or more.';

create table margin.member_concentration (
    run_id bigint not null,
    member text collate "C" not null,
    combined_commodity text collate "C" not null,
    currency text collate "C" not null,
    net_delta margin.delta not null,
    base numeric not null check (base >= 0),
    member_charge numeric not null check (member_charge >= 0),
    own_charges numeric not null check (own_charges >= 0),
    excess numeric not null check (excess >= 0),
    primary key (run_id, member, combined_commodity),
    constraint excess_is_what_the_accounts_own_charges_lack check (excess = greatest(member_charge - own_charges, 0)),
    constraint numbers_are_finite check (
        greatest(base, member_charge, own_charges, excess) < 'Infinity'
        and least(base, member_charge, own_charges, excess) > '-Infinity')
) partition by range (run_id);
create trigger member_concentration_is_of_a_run after insert on margin.member_concentration referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- member_concentration_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('member_concentration', 'add-ons', 'member');
comment on table margin.member_concentration is
    'Concentration over all accounts of a member. Grain: one row a run, member and combined commodity with tiers.';
comment on column margin.member_concentration.run_id is 'Run.';
comment on column margin.member_concentration.member is 'Clearing member.';
comment on column margin.member_concentration.combined_commodity is 'Combined commodity.';
comment on column margin.member_concentration.currency is 'Currency of the amounts.';
comment on column margin.member_concentration.net_delta is
    'Sum of the accounts'' net deltas before spreads, in contracts, long positive.';
comment on column margin.member_concentration.base is 'Sum of the accounts'' risk above net option value, 0 or more.';
comment on column margin.member_concentration.member_charge is 'The charge on the member as if it were one account, 0 or more.';
comment on column margin.member_concentration.own_charges is 'Sum of the accounts'' own concentration charges, 0 or more.';
comment on column margin.member_concentration.excess is
    'What the member''s charge is above the accounts'' own; allocated to them by position size, in add_on at level member.';

create table margin.variation_margin (
    run_id bigint not null,
    account text collate "C" not null,
    line integer not null check (line > 0),
    owner text collate "C" not null,
    kind text not null check (kind in ('position', 'trade', 'expiry', 'premium', 'option_expiry')),
    series text collate "C" not null,
    quantity bigint not null,
    from_price numeric not null,
    to_price numeric not null,
    currency text collate "C" not null,
    amount numeric not null,
    primary key (run_id, account, line),
    constraint numbers_are_finite check (
        greatest(from_price, to_price, amount) < 'Infinity'
        and least(from_price, to_price, amount) > '-Infinity')
) partition by range (run_id);
create trigger variation_margin_is_of_a_run after insert on margin.variation_margin referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- variation_margin_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('variation_margin', 'calls', 'account');
comment on table margin.variation_margin is
    'Variation margin, premiums and expiries, line by line. Grain: one row a run, account and line.';
comment on column margin.variation_margin.run_id is 'The run.';
comment on column margin.variation_margin.account is 'Margin account.';
comment on column margin.variation_margin.line is '1, 2, … within the account.';
comment on column margin.variation_margin.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.variation_margin.kind is 'position, trade, expiry, premium or option_expiry.';
comment on column margin.variation_margin.series is 'Series.';
comment on column margin.variation_margin.quantity is 'Contracts, + long, − short.';
comment on column margin.variation_margin.from_price is 'Price marked from: the previous settlement, the trade''s price, or 0.';
comment on column margin.variation_margin.to_price is 'Price marked to: the settlement or final settlement price.';
comment on column margin.variation_margin.currency is 'Currency of the row''s amounts.';
comment on column margin.variation_margin.amount is 'What is paid, + the account receives, rounded to the minor unit.';

create table margin.unpaid_variation_margin (
    run_id bigint not null,
    account text collate "C" not null,
    currency text collate "C" not null,
    variation_margin numeric not null,
    still_owed numeric not null check (still_owed >= 0),
    unpaid numeric not null,
    call_currency text collate "C" not null,
    fx_rate numeric check (fx_rate > 0),
    converted_amount numeric not null check (converted_amount >= 0),
    primary key (run_id, account, currency),
    constraint unpaid_is_what_is_negative_and_what_is_owed check (unpaid = greatest(-variation_margin, 0) + still_owed),
    constraint what_is_unpaid_is_converted check ((unpaid = 0) = (fx_rate is null)),
    constraint numbers_are_finite check (
        greatest(variation_margin, still_owed, unpaid, fx_rate, converted_amount) < 'Infinity'
        and least(variation_margin, still_owed, unpaid, fx_rate, converted_amount) > '-Infinity')
) partition by range (run_id);
create trigger unpaid_variation_margin_is_of_a_run after insert on margin.unpaid_variation_margin referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- unpaid_variation_margin_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('unpaid_variation_margin', 'calls', 'account');
comment on table margin.unpaid_variation_margin is
    'What each currency adds to an account''s unpaid variation margin. Grain: one row a run, account and currency with a line or a debt.';
comment on column margin.unpaid_variation_margin.run_id is 'The run.';
comment on column margin.unpaid_variation_margin.account is 'Margin account.';
comment on column margin.unpaid_variation_margin.currency is 'Currency of the lines and of the debt.';
comment on column margin.unpaid_variation_margin.variation_margin is
    'Sum of the day''s lines of variation margin, + the account receives.';
comment on column margin.unpaid_variation_margin.still_owed is 'What is still owed from days before, 0 or more.';
comment on column margin.unpaid_variation_margin.unpaid is
    'max(0, −variation_margin) + still_owed: what is received is paid out and lowers nothing.';
comment on column margin.unpaid_variation_margin.call_currency is 'Currency in which the account is called.';
comment on column margin.unpaid_variation_margin.fx_rate is
    'Units of the call currency for one unit of the currency, without haircut; null where nothing is unpaid.';
comment on column margin.unpaid_variation_margin.converted_amount is
    'unpaid × fx_rate, rounded to the minor unit of the call currency, 0 or more.';

create table margin.collateral_value (
    run_id bigint not null,
    account text collate "C" not null,
    item text collate "C" not null,
    asset text collate "C" not null,
    quantity numeric not null check (quantity >= 0),
    price numeric not null check (price >= 0),
    haircut numeric not null check (haircut between 0 and 1),
    fx_rate numeric not null check (fx_rate > 0),
    fx_haircut numeric not null check (fx_haircut between 0 and 1),
    value_before_limits numeric not null check (value_before_limits >= 0),
    accepted_value numeric not null check (accepted_value >= 0),
    excluded text not null check (excluded in ('', 'matured', 'not_eligible', 'own_group', 'issuer_limit', 'class_limits')),
    primary key (run_id, account, item),
    constraint accepted_never_exceeds_value check (accepted_value <= value_before_limits),
    constraint numbers_are_finite check (
        greatest(quantity, price, fx_rate, value_before_limits, accepted_value) < 'Infinity'
        and least(quantity, price, fx_rate, value_before_limits, accepted_value) > '-Infinity')
) partition by range (run_id);
create trigger collateral_value_is_of_a_run after insert on margin.collateral_value referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- collateral_value_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('collateral_value', 'calls', 'account');
comment on table margin.collateral_value is 'Value of each item of collateral. Grain: one row a run, account and item.';
comment on column margin.collateral_value.run_id is 'The run.';
comment on column margin.collateral_value.account is 'Margin account.';
comment on column margin.collateral_value.item is 'Holding, an identifier within the account.';
comment on column margin.collateral_value.asset is 'Collateral asset.';
comment on column margin.collateral_value.quantity is 'Units held, 0 or more.';
comment on column margin.collateral_value.price is 'Money a unit in the asset''s currency, 0 or more.';
comment on column margin.collateral_value.haircut is 'Share of the price that does not count, 0 to 1.';
comment on column margin.collateral_value.fx_rate is
    'Units of the call currency for one unit of the asset''s currency, above 0.';
comment on column margin.collateral_value.fx_haircut is 'Haircut of the currency pair, 0 to 1.';
comment on column margin.collateral_value.value_before_limits is
    'quantity × price × (1 − haircut) × fx_rate × (1 − fx_haircut) in the call currency, 0 or more.';
comment on column margin.collateral_value.accepted_value is 'Part of it that the limits leave, 0 or more.';
comment on column margin.collateral_value.excluded is
    'Why less counts: matured, not_eligible, own_group, issuer_limit, class_limits, or empty.';

create table margin.margin_call (
    run_id bigint not null,
    account text collate "C" not null,
    member text collate "C" not null,
    call_currency text collate "C" not null,
    requirement numeric not null check (requirement >= 0),
    add_ons numeric not null check (add_ons >= 0),
    unpaid_variation_margin numeric not null check (unpaid_variation_margin >= 0),
    collateral_value numeric not null check (collateral_value >= 0),
    deficit numeric not null,
    threshold numeric,
    minimum_transfer_amount numeric,
    lot numeric,
    call_amount numeric not null check (call_amount >= 0),
    return_amount numeric not null check (return_amount >= 0),
    reason_code text not null,
    due_date date not null,
    intraday_collected numeric not null check (intraday_collected >= 0),
    intraday_trigger numeric,
    primary key (run_id, account),
    constraint never_called_and_returned check (call_amount = 0 or return_amount = 0),
    constraint deficit_is_the_sum_of_its_components check (
        deficit = requirement + add_ons + unpaid_variation_margin - collateral_value - intraday_collected),
    constraint margin_call_reason_code_check check (reason_code in ('deficit_above_threshold', 'deficit_within_threshold',
        'covered', 'excess_returned', 'no_call_rule', 'deficit_above_trigger', 'deficit_within_trigger',
        'no_intraday_trigger')),
    constraint numbers_are_finite check (
        greatest(requirement, add_ons, unpaid_variation_margin, collateral_value, deficit, threshold,
            minimum_transfer_amount, lot, call_amount, return_amount, intraday_collected,
            intraday_trigger) < 'Infinity'
        and least(requirement, add_ons, unpaid_variation_margin, collateral_value, deficit, threshold,
            minimum_transfer_amount, lot, call_amount, return_amount, intraday_collected,
            intraday_trigger) > '-Infinity')
) partition by range (run_id);
create trigger margin_call_is_of_a_run after insert on margin.margin_call referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- margin_call_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_results('margin_call', 'calls', 'account');
comment on table margin.margin_call is 'Each account''s call or return. Grain: one row a run and account.';
comment on column margin.margin_call.run_id is 'The run.';
comment on column margin.margin_call.account is 'Margin account.';
comment on column margin.margin_call.member is 'Clearing member.';
comment on column margin.margin_call.call_currency is 'Currency of the account''s call.';
comment on column margin.margin_call.requirement is 'Requirement over all currencies, in the call currency, 0 or more.';
comment on column margin.margin_call.add_ons is 'Sum of the add-ons, in the call currency, 0 or more.';
comment on column margin.margin_call.unpaid_variation_margin is
    'Negative variation margin and what is still owed, a magnitude, in the call currency.';
comment on column margin.margin_call.collateral_value is 'Accepted collateral, in the call currency, 0 or more.';
comment on column margin.margin_call.deficit is
    'requirement + add-ons + unpaid variation margin − collateral − collected intraday: + missing, − excess.';
comment on column margin.margin_call.threshold is 'Deficit left uncalled; null where the class has no call rule.';
comment on column margin.margin_call.minimum_transfer_amount is 'Smallest amount moved; null where the class has no call rule.';
comment on column margin.margin_call.lot is 'Rounding lot; null where the class has no call rule.';
comment on column margin.margin_call.call_amount is 'What the member has to deliver, 0 or more, a multiple of the lot.';
comment on column margin.margin_call.return_amount is 'What the member gets back, 0 or more, a multiple of the lot.';
comment on column margin.margin_call.reason_code is
    'deficit_above_threshold, deficit_within_threshold, covered, excess_returned, no_call_rule; intraday also deficit_above_trigger, deficit_within_trigger, no_intraday_trigger.';
comment on column margin.margin_call.due_date is 'Day by which a call is to be met.';
comment on column margin.margin_call.intraday_collected is
    'What the published intraday runs of the date before this run called, 0 or more, in the call currency.';
comment on column margin.margin_call.intraday_trigger is
    'Deficit above which the run called; null in an end-of-day run and where the class has none.';

create table margin.next_night (
    run_id bigint not null,
    next_business_date date not null,
    parameter_set text collate "C" not null,
    primary key (run_id)
) partition by range (run_id);
create trigger next_night_is_of_a_run after insert on margin.next_night referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- next_night_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('next_night', 'report');
comment on table margin.next_night is
    'The business date that a house is told of in advance. Grain: one row a run of a house that wants it.';
comment on column margin.next_night.run_id is 'The run.';
comment on column margin.next_night.next_business_date is 'The business date after the run''s.';
comment on column margin.next_night.parameter_set is 'Approved parameter set in force on it, as the run knows it.';

create table margin.next_night_call (
    run_id bigint not null,
    account text collate "C" not null,
    member text collate "C" not null,
    call_currency text collate "C" not null,
    requirement numeric not null check (requirement >= 0),
    add_ons numeric not null check (add_ons >= 0),
    unpaid_variation_margin numeric not null check (unpaid_variation_margin >= 0),
    collateral_value numeric not null check (collateral_value >= 0),
    intraday_collected numeric not null check (intraday_collected >= 0),
    deficit numeric not null,
    call_amount numeric not null check (call_amount >= 0),
    return_amount numeric not null check (return_amount >= 0),
    reason_code text not null,
    due_date date not null,
    primary key (run_id, account),
    constraint deficit_is_the_sum_of_its_parts check (deficit = requirement + add_ons + unpaid_variation_margin
        - collateral_value - intraday_collected),
    constraint a_call_is_no_return check (call_amount = 0 or return_amount = 0),
    constraint next_night_call_reason_code_check check (reason_code in ('deficit_above_threshold',
        'deficit_within_threshold', 'covered', 'excess_returned', 'no_call_rule')),
    constraint numbers_are_finite check (
        greatest(requirement, add_ons, unpaid_variation_margin, collateral_value, intraday_collected, deficit,
            call_amount, return_amount) < 'Infinity'
        and least(requirement, add_ons, unpaid_variation_margin, collateral_value, intraday_collected, deficit,
            call_amount, return_amount) > '-Infinity')
) partition by range (run_id);
create trigger next_night_call_is_of_a_run after insert on margin.next_night_call referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- next_night_call_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('next_night_call', 'report');
comment on table margin.next_night_call is
    'Each account''s call on the next business date if nothing moves. Grain: one row a run and account, as in margin_call.';
comment on column margin.next_night_call.run_id is 'The run.';
comment on column margin.next_night_call.account is 'Margin account.';
comment on column margin.next_night_call.member is 'Clearing member.';
comment on column margin.next_night_call.call_currency is 'Currency of the account''s call and of every amount.';
comment on column margin.next_night_call.requirement is 'Requirement then, 0 or more.';
comment on column margin.next_night_call.add_ons is 'Add-ons then, 0 or more, with what is charged for stress.';
comment on column margin.next_night_call.unpaid_variation_margin is
    'What expiring positions owe then and what is still owed, a magnitude.';
comment on column margin.next_night_call.collateral_value is 'Tonight''s collateral as it counts then, 0 or more.';
comment on column margin.next_night_call.intraday_collected is
    'What intraday runs of tonight''s date called, 0 or more: taken to be paid and in no collateral yet.';
comment on column margin.next_night_call.deficit is
    'requirement + add-ons + unpaid variation margin − collateral − collected intraday: + missing, − excess.';
comment on column margin.next_night_call.call_amount is 'What the member would have to deliver, 0 or more, a multiple of the lot.';
comment on column margin.next_night_call.return_amount is 'What the member would get back, 0 or more, a multiple of the lot.';
comment on column margin.next_night_call.reason_code is
    'deficit_above_threshold, deficit_within_threshold, covered, excess_returned or no_call_rule.';
comment on column margin.next_night_call.due_date is 'Day by which the call would have to be met.';

create table margin.attribution_night (
    run_id bigint not null,
    business_date_before date,
    run_id_before bigint,
    run_id_reported bigint,
    refusal text,
    primary key (run_id),
    constraint a_night_before_has_its_date check (run_id_before is null or business_date_before is not null),
    constraint what_was_reported_is_of_the_night_before check (run_id_reported is null or run_id_before is not null),
    constraint what_was_refused_had_a_night_before check (refusal is null or run_id_before is not null)
) partition by range (run_id);
create trigger attribution_night_is_of_a_run after insert on margin.attribution_night referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- attribution_night_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('attribution_night', 'attribution');
comment on table margin.attribution_night is
    'The night that a run''s figures are attributed against. Grain: one row a run at the end of the day of a house that wants it.';
comment on column margin.attribution_night.run_id is 'The run.';
comment on column margin.attribution_night.business_date_before is
    'The business date before the run''s; null where the calendar has none.';
comment on column margin.attribution_night.run_id_before is
    'Newest run of that date that was opened before this one and published; null where there is none: then nothing is attributed.';
comment on column margin.attribution_night.run_id_reported is
    'Run of that date that was published first, from which members were told its figures; null where it is run_id_before.';
comment on column margin.attribution_night.refusal is
    'Why the two nights cannot be crossed, in words; null where they were.';

create table margin.attribution (
    run_id bigint not null,
    account text collate "C" not null,
    figure text not null check (figure in ('requirement', 'add_ons')),
    member text collate "C" not null,
    call_currency text collate "C" not null,
    reason text not null check (reason in ('attributed', 'new', 'gone', 'call_currency_changed')),
    reported_yesterday numeric,
    correction numeric,
    yesterday numeric,
    time numeric,
    positions numeric,
    prices numeric,
    volatilities numeric,
    parameters numeric,
    static numeric,
    today numeric,
    time_forward numeric,
    time_reverse numeric,
    positions_forward numeric,
    positions_reverse numeric,
    prices_forward numeric,
    prices_reverse numeric,
    volatilities_forward numeric,
    volatilities_reverse numeric,
    parameters_forward numeric,
    parameters_reverse numeric,
    static_forward numeric,
    static_reverse numeric,
    interaction numeric,
    interaction_effect text check (interaction_effect in ('time', 'positions', 'prices', 'volatilities', 'parameters',
        'static')),
    primary key (run_id, account, figure),
    constraint another_call_currency_is_not_attributed check ((reason = 'call_currency_changed') = (today is null)
        and num_nonnulls(reported_yesterday, correction, yesterday, time, positions, prices, volatilities, parameters,
            static, today, time_forward, time_reverse, positions_forward, positions_reverse, prices_forward,
            prices_reverse, volatilities_forward, volatilities_reverse, parameters_forward, parameters_reverse,
            static_forward, static_reverse) in (0, 22)),
    constraint yesterday_is_what_was_reported_and_its_correction check (reported_yesterday + correction = yesterday),
    constraint today_is_yesterday_and_the_effects check (yesterday + time + positions + prices + volatilities + parameters
        + static = today),
    constraint forward_effects_lead_to_today check (yesterday + time_forward + positions_forward + prices_forward
        + volatilities_forward + parameters_forward + static_forward = today),
    constraint reverse_effects_lead_to_today check (yesterday + time_reverse + positions_reverse + prices_reverse
        + volatilities_reverse + parameters_reverse + static_reverse = today),
    constraint largest_interaction_has_its_effect check ((interaction is null) = (interaction_effect is null)
        and interaction <> 0),
    constraint numbers_are_finite check (
        greatest(reported_yesterday, correction, yesterday, time, positions, prices, volatilities, parameters, static,
            today, time_forward, time_reverse, positions_forward, positions_reverse, prices_forward, prices_reverse,
            volatilities_forward, volatilities_reverse, parameters_forward, parameters_reverse, static_forward,
            static_reverse, interaction) < 'Infinity'
        and least(reported_yesterday, correction, yesterday, time, positions, prices, volatilities, parameters, static,
            today, time_forward, time_reverse, positions_forward, positions_reverse, prices_forward, prices_reverse,
            volatilities_forward, volatilities_reverse, parameters_forward, parameters_reverse, static_forward,
            static_reverse, interaction) > '-Infinity')
) partition by range (run_id);
create trigger attribution_is_of_a_run after insert on margin.attribution referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- attribution_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('attribution', 'attribution');
comment on table margin.attribution is
    'What moved an account''s requirement and add-ons since the night before. Grain: one row a run, account and figure.';
comment on column margin.attribution.run_id is 'The run.';
comment on column margin.attribution.account is 'Margin account.';
comment on column margin.attribution.figure is
    'requirement or add_ons, those of stress left out; add-ons that are 0 on both nights have no row.';
comment on column margin.attribution.member is 'Clearing member.';
comment on column margin.attribution.call_currency is 'Currency of the account''s call and of every amount.';
comment on column margin.attribution.reason is
    'attributed; new or gone: one night alone has the figure, and the change is positions; call_currency_changed: the amounts are null.';
comment on column margin.attribution.reported_yesterday is 'What the member was told of the night before, 0 or more.';
comment on column margin.attribution.correction is
    'What corrections of the night before changed since: yesterday − reported_yesterday, signed.';
comment on column margin.attribution.yesterday is 'The figure of run_id_before, 0 or more; 0 where it has none.';
comment on column margin.attribution.time is
    'Effect: the business date went on, and with it every time to expiry; signed, half of forward and reverse together.';
comment on column margin.attribution.positions is
    'Effect of what is held, and of the list of series; signed, half of forward and reverse together.';
comment on column margin.attribution.prices is
    'Effect of prices, rates, averages and exchange rates; signed, half of forward and reverse together.';
comment on column margin.attribution.volatilities is
    'Effect of volatilities and of levels of risk factors; signed, half of forward and reverse together.';
comment on column margin.attribution.parameters is
    'Effect of the parameter set with its overrides; signed, half of forward and reverse together.';
comment on column margin.attribution.static is
    'Effect of everything else: accounts, members, terms, liquidity, code; signed, half of forward and reverse together.';
comment on column margin.attribution.today is 'The run''s figure, 0 or more; 0 where it has none.';
comment on column margin.attribution.time_forward is 'Effect of time, the kinds before it already today''s; signed.';
comment on column margin.attribution.time_reverse is 'Effect of time, the kinds after it already today''s; signed.';
comment on column margin.attribution.positions_forward is 'Effect of positions, the kinds before it already today''s; signed.';
comment on column margin.attribution.positions_reverse is 'Effect of positions, the kinds after it already today''s; signed.';
comment on column margin.attribution.prices_forward is 'Effect of prices, the kinds before it already today''s; signed.';
comment on column margin.attribution.prices_reverse is 'Effect of prices, the kinds after it already today''s; signed.';
comment on column margin.attribution.volatilities_forward is 'Effect of volatilities, the kinds before it already today''s; signed.';
comment on column margin.attribution.volatilities_reverse is 'Effect of volatilities, the kinds after it already today''s; signed.';
comment on column margin.attribution.parameters_forward is 'Effect of parameters, the kinds before it already today''s; signed.';
comment on column margin.attribution.parameters_reverse is 'Effect of parameters, the kinds after it already today''s; signed.';
comment on column margin.attribution.static_forward is 'Effect of static, the kinds before it already today''s; signed.';
comment on column margin.attribution.static_reverse is 'Effect of static, the kinds after it already today''s; signed.';
comment on column margin.attribution.interaction is
    'Largest of the differences forward − reverse in size, signed, the first of equals; null where all are 0.';
comment on column margin.attribution.interaction_effect is 'Kind that interaction is of; null where all are 0.';

create table margin.attribution_position (
    run_id bigint not null,
    account text collate "C" not null,
    owner text collate "C" not null,
    series text collate "C" not null,
    long_yesterday bigint not null check (long_yesterday >= 0),
    short_yesterday bigint not null check (short_yesterday >= 0),
    long_today bigint not null check (long_today >= 0),
    short_today bigint not null check (short_today >= 0),
    primary key (run_id, account, owner, series),
    constraint the_position_changed check ((long_yesterday, short_yesterday) <> (long_today, short_today))
) partition by range (run_id);
create trigger attribution_position_is_of_a_run after insert on margin.attribution_position referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- attribution_position_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('attribution_position', 'attribution');
comment on table margin.attribution_position is
    'Series of which another quantity is held than the night before. Grain: one row a run, account, owner and series that changed.';
comment on column margin.attribution_position.run_id is 'The run.';
comment on column margin.attribution_position.account is 'Margin account.';
comment on column margin.attribution_position.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.attribution_position.series is 'Series.';
comment on column margin.attribution_position.long_yesterday is 'Contracts bought and held the night before, 0 or more.';
comment on column margin.attribution_position.short_yesterday is 'Contracts sold and held the night before, 0 or more.';
comment on column margin.attribution_position.long_today is 'Contracts bought and held tonight, 0 or more.';
comment on column margin.attribution_position.short_today is 'Contracts sold and held tonight, 0 or more.';

create table margin.attribution_weight (
    run_id bigint not null,
    account text collate "C" not null,
    effect text not null check (effect in ('prices', 'volatilities')),
    rank smallint not null check (rank between 1 and 5),
    series text collate "C" not null,
    quantity bigint not null check (quantity <> 0),
    yesterday numeric not null,
    today numeric not null,
    call_currency text collate "C" not null,
    weight numeric not null check (weight <> 0),
    primary key (run_id, account, effect, rank),
    unique (run_id, account, effect, series),
    constraint numbers_are_finite check (
        greatest(yesterday, today, weight) < 'Infinity' and least(yesterday, today, weight) > '-Infinity')
) partition by range (run_id);
create trigger attribution_weight_is_of_a_run after insert on margin.attribution_weight referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- attribution_weight_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('attribution_weight', 'attribution');
comment on table margin.attribution_weight is
    'The series whose price and whose volatility weigh most in an account''s change, at most five each. Grain: one row a run, account, effect and rank.';
comment on column margin.attribution_weight.run_id is 'The run.';
comment on column margin.attribution_weight.account is 'Margin account.';
comment on column margin.attribution_weight.effect is 'prices or volatilities.';
comment on column margin.attribution_weight.rank is '1 weighs most.';
comment on column margin.attribution_weight.series is 'Series.';
comment on column margin.attribution_weight.quantity is 'Contracts held tonight by all owners, + long, − short.';
comment on column margin.attribution_weight.yesterday is
    'Settlement price of the night before, or published volatility: a yearly fraction, under Bachelier price units.';
comment on column margin.attribution_weight.today is 'The same of tonight.';
comment on column margin.attribution_weight.call_currency is 'Currency of the account''s call.';
comment on column margin.attribution_weight.weight is
    'quantity × contract value factor × change of the price, or quantity × vega × change of the volatility, at tonight''s exchange rate; + the position gains.';

create table margin.attribution_parameter (
    run_id bigint not null,
    table_name text collate "C" not null,
    row_key text collate "C" not null,
    column_name text collate "C" not null,
    change text not null check (change in ('added', 'removed', 'changed')),
    yesterday text,
    today text,
    primary key (run_id, table_name, row_key, column_name),
    constraint the_cell_changed check (change <> 'changed' or yesterday is distinct from today)
) partition by range (run_id);
create trigger attribution_parameter_is_of_a_run after insert on margin.attribution_parameter referencing new table as inserted
    for each statement execute function margin.refuse_absent('run_id', 'run');
-- attribution_parameter_of(run): the rows as a run sees them, whichever run holds them.
select margin.refer_whole_results('attribution_parameter', 'attribution');
comment on table margin.attribution_parameter is
    'Rows of parameters that are others tonight than the night before, overrides among them. Grain: one row a run, table, row and column that changed.';
comment on column margin.attribution_parameter.run_id is 'The run.';
comment on column margin.attribution_parameter.table_name is 'Table of the parameter set.';
comment on column margin.attribution_parameter.row_key is 'Key of the row without the set, its parts parted by commas.';
comment on column margin.attribution_parameter.column_name is 'Column; empty for a row that is nothing but its key.';
comment on column margin.attribution_parameter.change is 'added, removed or changed: what became of the row.';
comment on column margin.attribution_parameter.yesterday is 'Cell of the night before; null where it had none.';
comment on column margin.attribution_parameter.today is 'Cell of tonight; null where it has none.';

create table margin.call_event (
    load_id bigint primary key references margin.input_load,
    business_date date not null,
    account text collate "C" not null,
    event text not null check (event in ('acknowledged', 'met', 'reversed')),
    amount numeric not null,
    currency text collate "C" not null,
    call_amount numeric not null check (call_amount > 0),
    run_number integer not null check (run_number > 0),
    reversed_load_id bigint unique references margin.call_event,
    constraint event_moves_an_amount_of_its_sign check (case event when 'met' then amount > 0 when 'reversed' then amount < 0
        else amount = 0 end),
    constraint reversal_names_what_it_reverses check ((event = 'reversed') = (reversed_load_id is not null)),
    constraint numbers_are_finite check (greatest(amount, call_amount) < 'Infinity' and amount > '-Infinity')
);
create index call_event_by_call on margin.call_event (business_date, account);
create trigger call_event_is_insert_only before update or delete or truncate on margin.call_event
    for each statement execute function margin.refuse_change();
comment on table margin.call_event is
    'What members did about calls of the end of the day, as the house recorded it; when and by whom are its load''s. Grain: one row an event.';
comment on column margin.call_event.load_id is 'Number of the event: its place among the loads.';
comment on column margin.call_event.business_date is 'Night whose call it is.';
comment on column margin.call_event.account is 'Margin account.';
comment on column margin.call_event.event is 'acknowledged, met (in part or whole) or reversed: a payment that was taken back.';
comment on column margin.call_event.amount is
    'What it adds to the amount met, in units of the currency: met above 0, reversed below 0, acknowledged 0.';
comment on column margin.call_event.currency is 'Call currency of the account then.';
comment on column margin.call_event.call_amount is
    'What the night called of the account when it was recorded, of a reversal what it reverses; an acknowledgement is of this amount alone.';
comment on column margin.call_event.run_number is 'Number of the night''s published run when it was recorded.';
comment on column margin.call_event.reversed_load_id is 'The event that is reversed; null elsewhere. None is reversed twice.';
