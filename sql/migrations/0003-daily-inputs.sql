-- purpose: what arrives each business date: positions, trades, prices, volatilities, rates, liquidity, collateral.
create table margin.position (
    business_date date not null,
    cycle margin.cycle not null default 'EOD',
    account margin.code not null,
    owner margin.owner_code not null default '',
    series margin.code not null,
    long_quantity bigint not null check (long_quantity >= 0),
    short_quantity bigint not null check (short_quantity >= 0)
);
select margin.version_input('position', '{business_date, cycle, account, owner, series}');

create table margin.trade (
    business_date date not null,
    trade margin.code not null,
    account margin.code not null,
    owner margin.owner_code not null default '',
    series margin.code not null,
    quantity bigint not null check (quantity <> 0),
    price margin.exact not null
);
select margin.version_input('trade', '{business_date, trade}');

create table margin.settlement_price (
    business_date date not null,
    series margin.code not null,
    price margin.exact not null,
    currency margin.currency_code not null,
    price_kind text not null default 'settlement' check (price_kind in ('settlement', 'final')),
    last_quoted_on date
);
select margin.version_input('settlement_price', '{business_date, series, price_kind}');

create table margin.underlying_price (
    business_date date not null,
    underlying margin.code not null,
    price margin.exact not null
);
select margin.version_input('underlying_price', '{business_date, underlying}');

create table margin.volatility (
    business_date date not null,
    instrument margin.code not null,
    volatility margin.positive not null
);
select margin.version_input('volatility', '{business_date, instrument}');

create table margin.interest_rate (
    business_date date not null,
    rate_code margin.code not null,
    rate margin.exact not null
);
select margin.version_input('interest_rate', '{business_date, rate_code}');

create table margin.fx_rate (
    business_date date not null,
    from_currency margin.currency_code not null,
    to_currency margin.currency_code not null,
    rate margin.positive not null
);
select margin.version_input('fx_rate', '{business_date, from_currency, to_currency}');

create table margin.risk_factor_level (
    risk_factor margin.code not null,
    level_date date not null,
    level margin.exact not null,
    source margin.label not null default ''
);
select margin.version_input('risk_factor_level', '{risk_factor, level_date}');

create table margin.liquidity (
    business_date date not null,
    combined_commodity margin.code not null,
    average_daily_volume margin.positive not null,
    open_interest margin.non_negative,
    daily_volatility margin.non_negative,
    half_spread margin.non_negative
);
select margin.version_input('liquidity', '{business_date, combined_commodity}');

create table margin.collateral_asset (
    asset margin.code not null,
    currency margin.currency_code not null,
    issuer margin.code not null,
    issuer_group margin.code,
    asset_class margin.code not null
);
select margin.version_input('collateral_asset', '{asset}');

create table margin.collateral_price (
    business_date date not null,
    asset margin.code not null,
    price margin.non_negative not null
);
select margin.version_input('collateral_price', '{business_date, asset}');

create table margin.collateral_holding (
    business_date date not null,
    account margin.code not null,
    item margin.code not null,
    asset margin.code not null,
    quantity margin.non_negative not null
);
select margin.version_input('collateral_holding', '{business_date, account, item}');

create table margin.variation_margin_owed (
    business_date date not null,
    account margin.code not null,
    currency margin.currency_code not null,
    amount margin.positive not null
);
select margin.version_input('variation_margin_owed', '{business_date, account, currency}');

create table margin.finding_waiver (
    business_date date not null,
    rule margin.code not null,
    row_key margin.label not null,
    reason margin.label not null check (length(btrim(reason)) > 0),
    waived_by margin.label not null
);
select margin.version_input('finding_waiver', '{business_date, rule, row_key}');
