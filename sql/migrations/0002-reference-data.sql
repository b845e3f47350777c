-- purpose: who clears what: members, accounts, currencies, calendar, combined commodities, contracts, series.
create table margin.currency (
    currency margin.currency_code not null,
    minor_unit_decimals smallint not null check (minor_unit_decimals between 0 and 4)
);
select margin.version_input('currency', '{currency}');

create table margin.calendar_date (
    calendar_date date not null,
    is_business_day boolean not null,
    description margin.label not null default ''
);
select margin.version_input('calendar_date', '{calendar_date}');

create table margin.clearing_member (
    member margin.member_code not null,
    name margin.label not null,
    member_group margin.code not null,
    credit_multiplier margin.positive not null default 1
);
select margin.version_input('clearing_member', '{member}');

create table margin.account (
    account margin.code not null,
    member margin.member_code not null,
    origin text not null check (origin in ('house', 'client')),
    margining_type text not null check (margining_type in ('net', 'gross_omnibus', 'segregated')),
    account_class margin.code not null,
    call_currency margin.currency_code not null
);
select margin.version_input('account', '{account}');

create table margin.beneficial_owner (
    account margin.code not null,
    owner margin.code not null,
    name margin.label not null default ''
);
select margin.version_input('beneficial_owner', '{account, owner}');

create table margin.combined_commodity (
    combined_commodity margin.code not null,
    name margin.label not null,
    currency margin.currency_code not null,
    can_trade_at_or_below_zero boolean not null default false,
    is_synthetic boolean not null default false
);
select margin.version_input('combined_commodity', '{combined_commodity}');

create table margin.contract (
    contract margin.code not null,
    combined_commodity margin.code not null,
    kind text not null check (kind in ('future', 'option')),
    contract_value_factor margin.positive not null,
    delta_scaling_factor margin.positive not null default 1,
    tick_size margin.non_negative not null default 0,
    future_valuation text check (future_valuation in ('linear', 'cost_of_carry')),
    option_model text check (option_model in ('black76', 'black_scholes', 'bachelier')),
    exercise text check (exercise in ('european', 'american')),
    option_style text check (option_style in ('premium', 'futures')),
    volatility_source text check (volatility_source in ('implied', 'assigned')),
    discount_rate_code margin.code,
    carry_rate_code margin.code,
    constraint future_has_its_terms check (kind <> 'future' or (future_valuation is not null and option_model is null)),
    constraint option_has_its_terms check (kind <> 'option' or (option_model is not null and exercise is not null
        and option_style is not null and volatility_source is not null and discount_rate_code is not null)),
    constraint generalised_model_has_a_carry check (option_model is distinct from 'black_scholes' or carry_rate_code is not null),
    constraint cost_of_carry_has_a_rate check (future_valuation is distinct from 'cost_of_carry' or discount_rate_code is not null)
);
select margin.version_input('contract', '{contract}');

create table margin.series (
    series margin.code not null,
    contract margin.code not null,
    contract_month margin.contract_month not null,
    expiry_date date,
    option_right text check (option_right in ('call', 'put')),
    strike margin.exact,
    underlying margin.code,
    constraint option_series_has_its_terms check ((option_right is null) = (strike is null)
        and (option_right is null or (underlying is not null and expiry_date is not null)))
);
select margin.version_input('series', '{series}');
