-- purpose: what the market says each business date: prices, volatilities, rates, liquidity
create table margin.settlement_price (
    business_date date not null,
    series margin.code not null,
    price margin.exact not null,
    currency margin.currency_code not null,
    price_kind text not null default 'settlement' check (price_kind in ('settlement', 'final')),
    last_quoted_on date
) partition by range (business_date);
-- settlement_price_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('settlement_price', '{business_date, series, price_kind}');
create index settlement_price_by_load on margin.settlement_price using brin (load_id) with (autosummarize = on);
comment on table margin.settlement_price is
    'Settlement prices. Grain: one row a business date, series, price kind and revision.';
comment on column margin.settlement_price.business_date is 'Day that is margined.';
comment on column margin.settlement_price.series is 'Series.';
comment on column margin.settlement_price.price is
    'Price in units of price; at or below 0 only where the combined commodity may.';
comment on column margin.settlement_price.currency is 'Currency of the price; a gate compares it with the margin currency.';
comment on column margin.settlement_price.price_kind is
    'settlement, or final: the price the series settles to, dated the business date on which it does.';
comment on column margin.settlement_price.last_quoted_on is
    'Day the price was last seen in the market; null where the source does not say.';

create table margin.underlying_price (
    business_date date not null,
    underlying margin.code not null,
    price margin.exact not null
) partition by range (business_date);
-- underlying_price_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('underlying_price', '{business_date, underlying}');
comment on table margin.underlying_price is
    'Prices of spots and indices that are no series of the house. Grain: one row a business date, underlying and revision.';
comment on column margin.underlying_price.business_date is 'Day that is margined.';
comment on column margin.underlying_price.underlying is 'The spot or index.';
comment on column margin.underlying_price.price is 'Price in units of price, any sign.';

create table margin.volatility (
    business_date date not null,
    instrument margin.code not null,
    volatility margin.positive not null
) partition by range (business_date);
-- volatility_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('volatility', '{business_date, instrument}');
create index volatility_by_load on margin.volatility using brin (load_id) with (autosummarize = on);
comment on table margin.volatility is 'Assigned volatilities. Grain: one row a business date, instrument and revision.';
comment on column margin.volatility.business_date is 'Day that is margined.';
comment on column margin.volatility.instrument is
    'The series, or the underlying that all series without a row of their own share.';
comment on column margin.volatility.volatility is
    'Annual volatility, above 0: 0.25 is 25 % for lognormal models, units of price for Bachelier.';

-- A day's intraday prices are no settlement prices: they stand in tables of their own, so that a run of one cycle never finds
-- the other's.
create table margin.intraday_settlement_price (
    business_date date not null,
    series margin.code not null,
    price margin.exact not null,
    currency margin.currency_code not null,
    last_quoted_on date
) partition by range (business_date);
-- intraday_settlement_price_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('intraday_settlement_price', '{business_date, series}');
comment on table margin.intraday_settlement_price is
    'Prices that intraday runs work with. Grain: one row a business date and series, with revisions.';
comment on column margin.intraday_settlement_price.business_date is 'Business date.';
comment on column margin.intraday_settlement_price.series is 'Series.';
comment on column margin.intraday_settlement_price.price is 'Price of the newest snapshot, in price units.';
comment on column margin.intraday_settlement_price.currency is 'Currency of the price.';
comment on column margin.intraday_settlement_price.last_quoted_on is 'Date of the last quotation; null if not known.';
comment on column margin.intraday_settlement_price.withdrawn is 'Whether the correction takes the row back.';
comment on column margin.intraday_settlement_price.revision is
    '1 for a day''s first snapshot of the row, more for those after it; the highest that a run sees counts.';

create table margin.intraday_underlying_price (
    business_date date not null,
    underlying margin.code not null,
    price margin.exact not null
) partition by range (business_date);
-- intraday_underlying_price_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('intraday_underlying_price', '{business_date, underlying}');
comment on table margin.intraday_underlying_price is
    'Levels that intraday runs work with. Grain: one row a business date and underlying, with revisions.';
comment on column margin.intraday_underlying_price.business_date is 'Business date.';
comment on column margin.intraday_underlying_price.underlying is 'Underlying.';
comment on column margin.intraday_underlying_price.price is 'Level of the newest snapshot, in price units.';
comment on column margin.intraday_underlying_price.withdrawn is 'Whether the correction takes the row back.';
comment on column margin.intraday_underlying_price.revision is
    '1 for a day''s first snapshot of the row, more for those after it; the highest that a run sees counts.';

create table margin.intraday_volatility (
    business_date date not null,
    instrument margin.code not null,
    volatility margin.positive not null
) partition by range (business_date);
-- intraday_volatility_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('intraday_volatility', '{business_date, instrument}');
comment on table margin.intraday_volatility is
    'Assigned volatilities of intraday runs. Grain: one row a business date and instrument, with revisions.';
comment on column margin.intraday_volatility.business_date is 'Business date.';
comment on column margin.intraday_volatility.instrument is 'Series or underlying.';
comment on column margin.intraday_volatility.volatility is 'Volatility a year, above 0.';
comment on column margin.intraday_volatility.withdrawn is 'Whether the correction takes the row back.';
comment on column margin.intraday_volatility.revision is
    '1 for a day''s first snapshot of the row, more for those after it; the highest that a run sees counts.';

create table margin.interest_rate (
    business_date date not null,
    rate_code margin.code not null,
    rate margin.exact not null
) partition by range (business_date);
-- interest_rate_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('interest_rate', '{business_date, rate_code}');
comment on table margin.interest_rate is 'Interest and carry rates. Grain: one row a business date, rate code and revision.';
comment on column margin.interest_rate.business_date is 'Day that is margined.';
comment on column margin.interest_rate.rate_code is 'The rate, as contracts name it.';
comment on column margin.interest_rate.rate is 'Continuously compounded rate a year, any sign: 0.02 is 2 %.';

create table margin.fx_rate (
    business_date date not null,
    from_currency margin.currency_code not null,
    to_currency margin.currency_code not null,
    rate margin.positive not null
) partition by range (business_date);
-- fx_rate_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('fx_rate', '{business_date, from_currency, to_currency}');
comment on table margin.fx_rate is 'Exchange rates. Grain: one row a business date, currency pair and revision.';
comment on column margin.fx_rate.business_date is 'Day that is margined.';
comment on column margin.fx_rate.from_currency is 'Currency converted from.';
comment on column margin.fx_rate.to_currency is 'Currency converted to.';
comment on column margin.fx_rate.rate is 'Units of to_currency for one unit of from_currency, above 0.';

create table margin.realised_average (
    business_date date not null,
    series margin.code not null,
    average margin.exact not null
) partition by range (business_date);
-- realised_average_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('realised_average', '{business_date, series}');
comment on table margin.realised_average is
    'What an average-price option''s underlying has averaged so far. Grain: one row a business date and series, revisions apart.';
comment on column margin.realised_average.business_date is 'Day that is margined.';
comment on column margin.realised_average.series is 'Average-price option series.';
comment on column margin.realised_average.average is 'Average of the prices since averaging began, in price units.';

create table margin.risk_factor_level (
    risk_factor margin.code not null,
    level_date date not null,
    level margin.exact not null,
    source margin.label not null default ''
);
-- risk_factor_level_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('risk_factor_level', '{risk_factor, level_date}');
comment on table margin.risk_factor_level is
    'Histories of risk factors, for historical scenarios and calibration. Grain: one row a risk factor, day and revision.';
comment on column margin.risk_factor_level.risk_factor is 'The risk factor.';
comment on column margin.risk_factor_level.level_date is 'Day of the level.';
comment on column margin.risk_factor_level.level is 'The level in the factor''s own unit, any sign.';
comment on column margin.risk_factor_level.source is 'Where the level was published, or empty.';

create table margin.liquidity (
    business_date date not null,
    combined_commodity margin.code not null,
    average_daily_volume margin.positive not null,
    open_interest margin.non_negative,
    daily_volatility margin.non_negative,
    half_spread margin.non_negative
) partition by range (business_date);
-- liquidity_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('liquidity', '{business_date, combined_commodity}');
comment on table margin.liquidity is
    'Market depth, for liquidity add-ons. Grain: one row a business date, combined commodity and revision.';
comment on column margin.liquidity.business_date is 'Day that is margined.';
comment on column margin.liquidity.combined_commodity is 'Combined commodity.';
comment on column margin.liquidity.average_daily_volume is 'Average daily volume in contracts, above 0.';
comment on column margin.liquidity.open_interest is 'Open interest in contracts, 0 or more.';
comment on column margin.liquidity.daily_volatility is
    'Standard deviation of a day''s price move in units of price, 0 or more.';
comment on column margin.liquidity.half_spread is 'Half the bid-offer spread in units of price, 0 or more.';

create table margin.collateral_price (
    business_date date not null,
    asset margin.code not null,
    price margin.non_negative not null
) partition by range (business_date);
-- collateral_price_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('collateral_price', '{business_date, asset}');
comment on table margin.collateral_price is 'Prices of collateral. Grain: one row a business date, asset and revision.';
comment on column margin.collateral_price.business_date is 'Day that is margined.';
comment on column margin.collateral_price.asset is 'Collateral asset.';
comment on column margin.collateral_price.price is 'Money a unit of quantity in the asset''s currency, 0 or more; 1 for cash.';
