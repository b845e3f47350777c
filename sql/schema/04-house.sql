-- purpose: who clears what: currencies, calendar, members, accounts, combined commodities, contracts, series
create table margin.currency (
    currency margin.currency_code not null,
    minor_unit_decimals smallint not null,
    constraint currency_minor_unit_decimals_check check (minor_unit_decimals between 0 and 8)
);
-- currency_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('currency', '{currency}');
comment on table margin.currency is 'Currencies with the decimals of their money. Grain: one row a currency and revision.';
comment on column margin.currency.currency is 'The currency.';
comment on column margin.currency.minor_unit_decimals is 'Decimals of the minor unit, 0 to 8: 2 for USD, 0 for JPY.';

create table margin.calendar_date (
    calendar_date date not null,
    is_business_day boolean not null,
    description margin.label not null default ''
);
-- calendar_date_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('calendar_date', '{calendar_date}');
comment on table margin.calendar_date is
    'The clearing house''s calendar; a run needs its date to stand here as a business day. Grain: one row a day and revision.';
comment on column margin.calendar_date.calendar_date is 'The day.';
comment on column margin.calendar_date.is_business_day is 'Whether the house margins on that day.';
comment on column margin.calendar_date.description is 'Name of the holiday, or empty.';

create table margin.clearing_member (
    member margin.member_code not null,
    name margin.label not null,
    member_group margin.code not null,
    credit_multiplier margin.positive not null default 1,
    wants_greeks boolean not null default false,
    wants_positions boolean not null default true,
    wants_released_margin boolean not null default false,
    lei margin.lei
);
-- clearing_member_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('clearing_member', '{member}');
comment on table margin.clearing_member is 'Clearing members. Grain: one row a member and revision.';
comment on column margin.clearing_member.member is 'Clearing member.';
comment on column margin.clearing_member.name is 'The member''s name, as reports show it.';
comment on column margin.clearing_member.member_group is
    'Group of companies the member belongs to; own-group collateral does not count.';
comment on column margin.clearing_member.credit_multiplier is
    'Factor of the credit add-on, above 0: 1 charges nothing, 1.2 a fifth of the requirement after net option value.';
comment on column margin.clearing_member.wants_greeks is 'Whether the member gets the report greeks.';
comment on column margin.clearing_member.wants_positions is 'Whether the member gets the report positions.';
comment on column margin.clearing_member.wants_released_margin is
    'Whether the member gets the reports released-margin and reducing-trades.';
comment on column margin.clearing_member.lei is
    'The member''s legal entity identifier, by which messages to a supervisor name it; null: they name it by its code.';

create table margin.account (
    account margin.code not null,
    member margin.member_code not null,
    origin text not null check (origin in ('house', 'client')),
    margining_type text not null check (margining_type in ('net', 'gross_omnibus', 'segregated')),
    account_class margin.code not null,
    call_currency margin.currency_code not null
);
-- account_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('account', '{account}');
comment on table margin.account is 'Margin accounts. Grain: one row an account and revision.';
comment on column margin.account.account is 'Margin account.';
comment on column margin.account.member is 'Clearing member.';
comment on column margin.account.origin is 'house or client.';
comment on column margin.account.margining_type is
    'net, gross_omnibus (longs and shorts apart) or segregated (each beneficial owner apart).';
comment on column margin.account.account_class is 'Class whose margin and call terms apply.';
comment on column margin.account.call_currency is 'Currency in which the account is called.';

create table margin.beneficial_owner (
    account margin.code not null,
    owner margin.code not null,
    name margin.label not null default ''
);
-- beneficial_owner_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('beneficial_owner', '{account, owner}');
comment on table margin.beneficial_owner is
    'Owners behind individually segregated accounts. Grain: one row an account, owner and revision.';
comment on column margin.beneficial_owner.account is 'Margin account.';
comment on column margin.beneficial_owner.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.beneficial_owner.name is 'The owner''s name, or empty.';

create table margin.combined_commodity (
    combined_commodity margin.code not null,
    name margin.label not null,
    currency margin.currency_code not null,
    can_trade_at_or_below_zero boolean not null default false,
    is_synthetic boolean not null default false
);
-- combined_commodity_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('combined_commodity', '{combined_commodity}');
comment on table margin.combined_commodity is
    'Futures and options on one underlying, scanned together. Grain: one row a combined commodity and revision.';
comment on column margin.combined_commodity.combined_commodity is 'Combined commodity.';
comment on column margin.combined_commodity.name is 'Its name, as reports show it.';
comment on column margin.combined_commodity.currency is 'Margin currency of all its contracts.';
comment on column margin.combined_commodity.can_trade_at_or_below_zero is
    'Whether prices may be zero or negative: such options use Bachelier, and price gates let negative prices pass.';
comment on column margin.combined_commodity.is_synthetic is 'Whether its data are made up for a demonstration; reports say so.';

create table margin.contract (
    contract margin.code not null,
    combined_commodity margin.code not null,
    kind text not null check (kind in ('future', 'option')),
    contract_value_factor margin.positive not null,
    delta_scaling_factor margin.positive not null default 1,
    tick_size margin.non_negative not null default 0,
    future_valuation text,
    option_model text,
    exercise text check (exercise in ('european', 'american')),
    option_style text check (option_style in ('premium', 'futures')),
    volatility_source text check (volatility_source in ('implied', 'assigned')),
    discount_rate_code margin.code,
    carry_rate_code margin.code,
    reference_group margin.code,
    american_method text
        check (american_method in ('barone_adesi_whaley', 'leisen_reimer', 'cox_ross_rubinstein')),
    lattice_steps smallint check (lattice_steps between 1 and 2000),
    constraint future_has_its_terms check (kind <> 'future' or (future_valuation is not null and option_model is null)),
    constraint option_has_its_terms check (kind <> 'option' or (option_model is not null and exercise is not null
        and option_style is not null and volatility_source is not null and discount_rate_code is not null)),
    constraint generalised_model_has_a_carry check (option_model is distinct from 'black_scholes' or carry_rate_code is not null),
    constraint cost_of_carry_has_a_rate check (future_valuation is distinct from 'cost_of_carry' or discount_rate_code is not null),
    constraint contract_option_model_check
        check (option_model in ('black76', 'black_scholes', 'bachelier', 'average_price', 'spread')),
    constraint contract_future_valuation_check check (future_valuation in ('linear', 'cost_of_carry', 'inverse')),
    constraint lattice_has_its_steps
        check ((american_method in ('leisen_reimer', 'cox_ross_rubinstein')) is not distinct from (lattice_steps is not null)
            or (american_method is null and lattice_steps is null)),
    constraint only_american_options_have_a_method check (american_method is null or exercise = 'american'),
    constraint average_and_spread_options_are_european
        check (option_model not in ('average_price', 'spread') or exercise = 'european'),
    constraint average_and_spread_options_have_assigned_volatilities
        check (option_model not in ('average_price', 'spread') or volatility_source = 'assigned'),
    constraint average_price_options_have_a_carry
        check (option_model is distinct from 'average_price' or carry_rate_code is not null)
);
-- contract_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('contract', '{contract}');
comment on table margin.contract is 'Contract specifications that many series share. Grain: one row a contract and revision.';
comment on column margin.contract.contract is 'The contract.';
comment on column margin.contract.combined_commodity is 'Combined commodity.';
comment on column margin.contract.kind is 'future or option.';
comment on column margin.contract.contract_value_factor is
    'Money one unit of price is worth a contract, in the margin currency, above 0.';
comment on column margin.contract.delta_scaling_factor is
    'Units of the combined commodity''s common delta a contract, above 0: a mini contract has less than 1.';
comment on column margin.contract.tick_size is 'Smallest price step, in units of price; 0 where there is none.';
comment on column margin.contract.future_valuation is
    'How a future is valued: linear, cost_of_carry, or inverse (profit and loss in the base coin); null for an option.';
comment on column margin.contract.option_model is
    'black76, black_scholes, bachelier, average_price (Turnbull-Wakeman) or spread (Kirk); null for a future.';
comment on column margin.contract.exercise is 'european or american; options only.';
comment on column margin.contract.option_style is 'premium (paid when traded) or futures (margined daily); options only.';
comment on column margin.contract.volatility_source is
    'implied (solved from the settlement price) or assigned (from table volatility); options only.';
comment on column margin.contract.discount_rate_code is 'Interest rate that discounts; options and cost-of-carry futures.';
comment on column margin.contract.carry_rate_code is 'Interest rate of the cost of carry; black_scholes only.';
comment on column margin.contract.reference_group is
    'Company group whose default takes the price to zero; null where the contract is on no company''s name.';
comment on column margin.contract.american_method is
    'barone_adesi_whaley, leisen_reimer or cox_ross_rubinstein; null: barone_adesi_whaley, or no American option.';
comment on column margin.contract.lattice_steps is 'Steps of the lattice, 1 to 2000; null where there is none.';

create table margin.series (
    series margin.code not null,
    contract margin.code not null,
    contract_month margin.contract_month not null,
    expiry_date date,
    option_right text check (option_right in ('call', 'put')),
    strike margin.exact,
    underlying margin.code,
    second_underlying margin.code,
    averaging_from date,
    constraint option_series_has_its_terms check ((option_right is null) = (strike is null)
        and (option_right is null or (underlying is not null and expiry_date is not null)))
);
-- series_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('series', '{series}');
-- The series of a combined commodity, which a correction's gates look at.
create index series_by_contract on margin.series (contract);
comment on table margin.series is
    'Tradable series: a contract and its month, for options its right and strike. Grain: one row a series and revision.';
comment on column margin.series.series is 'Series.';
comment on column margin.series.contract is 'Contract specification.';
comment on column margin.series.contract_month is 'Month of the future, or of the future under the option.';
comment on column margin.series.expiry_date is
    'Day the series expires; it stays in the book until it settles finally. Never null for an option.';
comment on column margin.series.option_right is 'call or put; null for a future.';
comment on column margin.series.strike is 'Strike in units of price, any sign; null for a future.';
comment on column margin.series.underlying is
    'Whose price the option is on, or the spot a cost-of-carry future is carried from: a series or a key of underlying_price.';
comment on column margin.series.second_underlying is
    'Series or spot whose price the first underlying''s is compared with; spread options only.';
comment on column margin.series.averaging_from is
    'First day of the averaging period, which ends with the expiry; average-price options only.';

create table margin.collateral_asset (
    asset margin.code not null,
    currency margin.currency_code not null,
    issuer margin.code not null,
    issuer_group margin.code,
    asset_class margin.code not null,
    matures_on date
);
-- collateral_asset_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('collateral_asset', '{asset}');
comment on table margin.collateral_asset is 'Assets that may be posted. Grain: one row an asset and revision.';
comment on column margin.collateral_asset.asset is 'Collateral asset.';
comment on column margin.collateral_asset.currency is 'Currency of the asset''s price.';
comment on column margin.collateral_asset.issuer is 'Issuer whose limit the asset uses.';
comment on column margin.collateral_asset.issuer_group is
    'Group of companies of the issuer; null where there is none, as for cash.';
comment on column margin.collateral_asset.matures_on is
    'First day on which the asset is paid back and no collateral any more; null where it never is.';
comment on column margin.collateral_asset.asset_class is
    'Class whose limit the asset uses; issuers of class cash have no issuer limit.';
