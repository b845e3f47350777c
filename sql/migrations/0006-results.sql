-- purpose: what the stages write: published arrays, components, spreads formed, requirements, add-ons, calls, files.
create table margin.risk_array (
    run_id bigint not null references margin.run,
    series margin.code not null,
    combined_commodity margin.code not null,
    scenario_set margin.code not null,
    array_decimals smallint not null,
    risk_array bigint[] not null,
    composite_delta numeric(12, 4) not null,
    price_scan_range margin.non_negative not null,
    volatility margin.finite,
    volatility_rule text check (volatility_rule in ('implied', 'assigned', 'paired', 'nearest_strike', 'floor')),
    primary key (run_id, series)
);

create table margin.combined_commodity_risk (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    combined_commodity margin.code not null,
    currency margin.currency_code not null,
    portfolio_array bigint[] not null,
    array_decimals smallint not null,
    active_scenario smallint,
    scan margin.amount not null check (scan >= 0),
    time_risk margin.amount,
    volatility_risk margin.amount,
    price_risk margin.amount check (price_risk >= 0),
    contract_months text[] not null,
    month_deltas bigint[] not null,
    remaining_deltas bigint[] not null,
    net_delta numeric(24, 4) not null,
    weighted_price_risk_normal margin.amount,
    weighted_price_risk margin.amount,
    intra_charge margin.amount not null check (intra_charge >= 0),
    delivery_charge margin.amount not null check (delivery_charge >= 0),
    inter_credit margin.amount not null check (inter_credit >= 0),
    applied_credit margin.amount not null check (applied_credit >= 0),
    short_option_minimum margin.amount not null check (short_option_minimum >= 0),
    net_option_value margin.amount not null,
    risk margin.amount not null check (risk >= 0),
    initial_risk margin.amount not null check (initial_risk >= 0),
    standalone_initial_risk margin.amount not null check (standalone_initial_risk >= 0),
    scan_spread margin.owner_code not null default '',
    primary key (run_id, account, owner, combined_commodity),
    constraint credit_never_exceeds_what_it_offsets check (applied_credit <= inter_credit),
    constraint risk_is_the_sum_of_its_components check (scan_spread <> ''
        or risk = greatest(scan + intra_charge + delivery_charge - applied_credit, short_option_minimum))
);

create table margin.tier_risk (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    combined_commodity margin.code not null,
    tier margin.code not null,
    active_scenario smallint,
    scan margin.amount not null,
    time_risk margin.amount,
    volatility_risk margin.amount,
    price_risk margin.amount,
    net_delta numeric(24, 4) not null,
    weighted_price_risk margin.amount,
    primary key (run_id, account, owner, combined_commodity, tier)
);

create table margin.spread_leg_formed (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    step text not null check (step in ('super', 'intra', 'inter')),
    sequence integer not null check (sequence > 0),
    leg smallint not null check (leg > 0),
    spread margin.code not null,
    combined_commodity margin.code not null,
    pool margin.owner_code not null,
    side text not null check (side in ('A', 'B')),
    a_side text not null check (a_side in ('long', 'short', '')),
    spread_count numeric(24, 4) not null,
    delta_before numeric(24, 4),
    consumed numeric(24, 4) not null,
    contract_months text[] not null,
    consumed_by_month bigint[] not null,
    weighted_price_risk margin.amount,
    rate margin.amount not null,
    currency margin.currency_code not null,
    charge margin.amount not null check (charge >= 0),
    credit margin.amount not null check (credit >= 0),
    primary key (run_id, account, owner, step, sequence, leg)
);

create table margin.scan_spread_risk (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    spread margin.code not null,
    currency margin.currency_code not null,
    legs text[] not null,
    portfolio_array numeric[] not null,
    active_scenario smallint,
    scan margin.amount not null check (scan >= 0),
    time_risk margin.amount,
    volatility_risk margin.amount,
    price_risk margin.amount,
    intra_charge margin.amount not null,
    delivery_charge margin.amount not null,
    applied_credit margin.amount not null,
    short_option_minimum margin.amount not null,
    net_option_value margin.amount not null,
    risk margin.amount not null check (risk >= 0),
    initial_risk margin.amount not null check (initial_risk >= 0),
    primary key (run_id, account, owner, spread),
    constraint risk_is_the_sum_of_its_components
        check (risk = greatest(scan + intra_charge + delivery_charge - applied_credit, short_option_minimum))
);

create table margin.delivery_month_charge (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    combined_commodity margin.code not null,
    contract_month margin.contract_month not null,
    remaining numeric(24, 4) not null,
    consumed numeric(24, 4) not null,
    charge margin.amount not null check (charge >= 0),
    primary key (run_id, account, owner, combined_commodity, contract_month)
);

create table margin.currency_requirement (
    run_id bigint not null references margin.run,
    account margin.code not null,
    owner margin.owner_code not null,
    currency margin.currency_code not null,
    initial_risk margin.amount not null check (initial_risk >= 0),
    net_option_value margin.amount not null,
    offset_add_back margin.amount not null check (offset_add_back >= 0),
    requirement margin.amount not null check (requirement >= 0),
    primary key (run_id, account, owner, currency)
);

create table margin.requirement (
    run_id bigint not null references margin.run,
    account margin.code not null,
    currency margin.currency_code not null,
    amount margin.amount not null check (amount >= 0),
    fx_rate margin.positive not null,
    fx_haircut margin.fraction not null,
    call_currency margin.currency_code not null,
    converted_amount margin.amount not null check (converted_amount >= 0),
    primary key (run_id, account, currency)
);

create table margin.add_on (
    run_id bigint not null references margin.run,
    account margin.code not null,
    add_on text not null check (add_on in ('liquidity', 'half_spread', 'impact', 'concentration', 'wrong_way', 'credit',
        'correlation_underestimation', 'correlation_break', 'stress')),
    item margin.code not null,
    currency margin.currency_code not null,
    base margin.amount not null,
    position_size numeric(24, 4),
    liquidation_days margin.finite,
    driver text not null,
    amount margin.amount not null check (amount >= 0),
    call_currency margin.currency_code not null,
    converted_amount margin.amount not null check (converted_amount >= 0),
    primary key (run_id, account, add_on, item)
);

create table margin.variation_margin (
    run_id bigint not null references margin.run,
    account margin.code not null,
    line integer not null check (line > 0),
    owner margin.owner_code not null,
    kind text not null check (kind in ('position', 'trade', 'expiry', 'premium', 'option_expiry')),
    series margin.code not null,
    quantity bigint not null,
    from_price margin.exact not null,
    to_price margin.exact not null,
    currency margin.currency_code not null,
    amount margin.amount not null,
    primary key (run_id, account, line)
);

create table margin.collateral_value (
    run_id bigint not null references margin.run,
    account margin.code not null,
    item margin.code not null,
    asset margin.code not null,
    quantity margin.non_negative not null,
    price margin.non_negative not null,
    haircut margin.fraction not null,
    fx_rate margin.positive not null,
    fx_haircut margin.fraction not null,
    value_before_limits margin.amount not null check (value_before_limits >= 0),
    accepted_value margin.amount not null check (accepted_value >= 0),
    excluded text not null check (excluded in ('', 'not_eligible', 'own_group', 'issuer_limit', 'class_limits')),
    primary key (run_id, account, item),
    constraint accepted_never_exceeds_value check (accepted_value <= value_before_limits)
);

create table margin.margin_call (
    run_id bigint not null references margin.run,
    account margin.code not null,
    member margin.member_code not null,
    call_currency margin.currency_code not null,
    requirement margin.amount not null check (requirement >= 0),
    add_ons margin.amount not null check (add_ons >= 0),
    unpaid_variation_margin margin.amount not null check (unpaid_variation_margin >= 0),
    collateral_value margin.amount not null check (collateral_value >= 0),
    deficit margin.amount not null,
    threshold margin.amount,
    minimum_transfer_amount margin.amount,
    lot margin.amount,
    call_amount margin.amount not null check (call_amount >= 0),
    return_amount margin.amount not null check (return_amount >= 0),
    reason_code text not null check (reason_code in ('deficit_above_threshold', 'deficit_within_threshold', 'covered',
        'excess_returned', 'no_call_rule')),
    due_date date not null,
    primary key (run_id, account),
    constraint deficit_is_the_sum_of_its_components
        check (deficit = requirement + add_ons + unpaid_variation_margin - collateral_value),
    constraint never_called_and_returned check (call_amount = 0 or return_amount = 0)
);

create table margin.report_file (
    run_id bigint not null references margin.run,
    file_name margin.label not null,
    report margin.code not null,
    member margin.owner_code not null,
    format text not null check (format in ('csv', 'json')),
    row_count bigint not null check (row_count >= 0),
    byte_count bigint not null check (byte_count >= 0),
    sha256 bytea not null check (length(sha256) = 32),
    primary key (run_id, file_name)
);
