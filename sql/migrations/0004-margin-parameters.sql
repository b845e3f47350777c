-- purpose: effective-dated margin parameters in versioned sets: a set is added whole and never edited.
create table margin.parameter_set (
    parameter_set margin.code primary key,
    effective_from date not null,
    author margin.label not null,
    approved_by margin.label,
    reason margin.label not null,
    rounding_table margin.code not null default 'methodology-1.4',
    load_id bigint not null references margin.input_load,
    constraint approver_is_not_the_author check (approved_by is null or approved_by <> author)
);
create unique index parameter_set_in_force on margin.parameter_set (effective_from) where approved_by is not null;

create table margin.scenario (
    parameter_set margin.code not null references margin.parameter_set,
    scenario_set margin.code not null,
    scenario smallint not null check (scenario between 1 and 10000),
    price_move_numerator margin.exact not null,
    price_move_denominator margin.positive not null default 1,
    volatility_move margin.exact not null,
    weight margin.fraction not null,
    pair smallint,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, scenario_set, scenario)
);

create table margin.combined_commodity_margin (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    scenario_set margin.code not null,
    price_scan_range_kind text not null check (price_scan_range_kind in ('amount', 'percent')),
    price_scan_range margin.non_negative not null,
    volatility_scan_range_kind text not null check (volatility_scan_range_kind in ('absolute', 'relative')),
    volatility_scan_range margin.non_negative not null,
    volatility_floor margin.positive not null,
    look_ahead_days margin.non_negative not null default 1,
    day_count text not null default 'act/365' check (day_count in ('act/365', 'business/252')),
    array_decimals smallint check (array_decimals between 0 and 4),
    weighted_price_risk_method text not null default 'capped'
        check (weighted_price_risk_method in ('capped', 'normal', 'scan_range')),
    delta_kind text not null default 'composite' check (delta_kind in ('composite', 'plain')),
    short_option_minimum_method text not null default 'gross' check (short_option_minimum_method in ('gross', 'max')),
    short_option_minimum_rate margin.non_negative not null default 0,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity)
);

create table margin.price_scan_range_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    from_month margin.contract_month not null,
    to_month margin.contract_month not null,
    price_scan_range_kind text not null check (price_scan_range_kind in ('amount', 'percent')),
    price_scan_range margin.non_negative not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, from_month),
    constraint months_are_in_order check (from_month <= to_month)
);

create table margin.month_tier (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    tier margin.code not null,
    contract_month margin.contract_month not null,
    is_scanned_apart boolean not null default false,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, tier, contract_month)
);

create table margin.intra_spread (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    spread margin.code not null,
    leg_kind text not null check (leg_kind in ('series', 'tier')),
    priority integer not null check (priority > 0),
    charge_kind text not null check (charge_kind in ('flat', 'weighted_price_risk')),
    charge_rate margin.non_negative not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, spread)
);

create table margin.intra_spread_leg (
    parameter_set margin.code not null,
    combined_commodity margin.code not null,
    spread margin.code not null,
    leg smallint not null check (leg > 0),
    side text not null check (side in ('A', 'B')),
    tier margin.code,
    contract_month margin.contract_month,
    ratio margin.positive not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, spread, leg),
    foreign key (parameter_set, combined_commodity, spread) references margin.intra_spread,
    constraint leg_is_a_tier_or_a_month check ((tier is null) <> (contract_month is null))
);

create table margin.delivery_charge (
    parameter_set margin.code not null references margin.parameter_set,
    combined_commodity margin.code not null,
    contract_month margin.contract_month not null,
    outright_rate margin.non_negative not null,
    spread_rate margin.non_negative not null,
    applies_to text not null default 'both' check (applies_to in ('both', 'long', 'short')),
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, combined_commodity, contract_month)
);

create table margin.inter_spread (
    parameter_set margin.code not null references margin.parameter_set,
    spread margin.code not null,
    priority integer not null check (priority > 0),
    kind text not null check (kind in ('delta', 'flat', 'scan')),
    is_super boolean not null default false,
    credit_rate margin.non_negative,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, spread)
);

create table margin.inter_spread_leg (
    parameter_set margin.code not null,
    spread margin.code not null,
    leg smallint not null check (leg > 0),
    combined_commodity margin.code not null,
    tier margin.code,
    side text not null check (side in ('A', 'B')),
    ratio margin.positive not null,
    credit_rate margin.non_negative,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, spread, leg),
    foreign key (parameter_set, spread) references margin.inter_spread
);

create table margin.account_class (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    initial_ratio margin.positive not null default 1,
    net_option_value_is_capped boolean not null default false,
    offset_cap margin.fraction,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class)
);

create table margin.call_rule (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    threshold margin.non_negative not null,
    minimum_transfer_amount margin.non_negative not null,
    lot margin.positive not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class)
);

create table margin.fx_haircut (
    parameter_set margin.code not null references margin.parameter_set,
    from_currency margin.currency_code not null,
    to_currency margin.currency_code not null,
    haircut margin.fraction not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, from_currency, to_currency)
);

create table margin.collateral_haircut (
    parameter_set margin.code not null references margin.parameter_set,
    asset margin.code not null,
    haircut margin.fraction not null,
    is_eligible boolean not null default true,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, asset)
);

create table margin.collateral_limit (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    limit_kind text not null check (limit_kind in ('issuer', 'class')),
    asset_class margin.owner_code not null default '',
    share margin.fraction not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, limit_kind, asset_class),
    constraint class_limit_names_a_class check ((limit_kind = 'class') = (asset_class <> ''))
);

create table margin.liquidity_group (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    liquidity_group margin.code not null,
    horizon_days margin.positive not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, liquidity_group)
);

create table margin.liquidity_group_member (
    parameter_set margin.code not null,
    account_class margin.code not null,
    liquidity_group margin.code not null,
    combined_commodity margin.code not null,
    participation margin.positive not null default 1,
    extra_days margin.non_negative not null default 0,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, combined_commodity),
    foreign key (parameter_set, account_class, liquidity_group) references margin.liquidity_group
);

create table margin.concentration_tier (
    parameter_set margin.code not null references margin.parameter_set,
    account_class margin.code not null,
    combined_commodity margin.code not null,
    tiers_of text not null check (tiers_of in ('adv', 'open_interest')),
    above margin.non_negative not null,
    rate margin.non_negative not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, account_class, combined_commodity, above)
);

create table margin.data_gate (
    parameter_set margin.code not null references margin.parameter_set,
    rule margin.code not null,
    combined_commodity margin.owner_code not null default '',
    severity text not null check (severity in ('block', 'flag', 'off')),
    threshold margin.non_negative,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, rule, combined_commodity)
);

do $$
declare
    parameter_table text;
begin
    for parameter_table in
        select table_name from information_schema.columns
        where table_schema = 'margin' and column_name = 'parameter_set'
            and table_name not like 'input\_load%' order by table_name collate "C"
    loop
        execute format('create trigger %I before update or delete or truncate on margin.%I
            for each statement execute function margin.refuse_change()', parameter_table || '_is_insert_only', parameter_table);
    end loop;
end
$$;
