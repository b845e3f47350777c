-- purpose: composite delta weights, lattices, average-price and spread options, inverse futures and Greeks as data.
create domain margin.correlation as margin.exact
    constraint correlation_is_between_minus_one_and_one check (value between -1 and 1);
comment on domain margin.correlation is 'An exact number from -1 to 1.';

create table margin.composite_delta_weight (
    parameter_set margin.code not null references margin.parameter_set,
    scenario_set margin.code not null,
    price_move_numerator margin.exact not null,
    price_move_denominator margin.positive not null default 1,
    weight margin.fraction not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, scenario_set, price_move_numerator, price_move_denominator)
);
create table margin.spread_option_correlation (
    parameter_set margin.code not null references margin.parameter_set,
    contract margin.code not null,
    correlation margin.correlation not null,
    load_id bigint not null references margin.input_load,
    primary key (parameter_set, contract)
);
create table margin.realised_average (
    business_date date not null,
    series margin.code not null,
    average margin.exact not null
);
select margin.version_input('realised_average', '{business_date, series}');
alter function margin.realised_average_as_of parallel safe;

do $$
declare
    parameter_table text;
begin
    foreach parameter_table in array array['composite_delta_weight', 'spread_option_correlation']
    loop
        execute format('create trigger %I before update or delete or truncate on margin.%I
            for each statement execute function margin.refuse_change()', parameter_table || '_is_insert_only', parameter_table);
    end loop;
end
$$;

alter table margin.contract
    drop constraint contract_option_model_check,
    drop constraint contract_future_valuation_check,
    add column american_method text
        check (american_method in ('barone_adesi_whaley', 'leisen_reimer', 'cox_ross_rubinstein')),
    add column lattice_steps smallint check (lattice_steps between 1 and 2000),
    add constraint contract_option_model_check
        check (option_model in ('black76', 'black_scholes', 'bachelier', 'average_price', 'spread')),
    add constraint contract_future_valuation_check check (future_valuation in ('linear', 'cost_of_carry', 'inverse')),
    add constraint lattice_has_its_steps
        check ((american_method in ('leisen_reimer', 'cox_ross_rubinstein')) is not distinct from (lattice_steps is not null)
            or (american_method is null and lattice_steps is null)),
    add constraint only_american_options_have_a_method check (american_method is null or exercise = 'american'),
    add constraint average_and_spread_options_are_european
        check (option_model not in ('average_price', 'spread') or exercise = 'european'),
    add constraint average_and_spread_options_have_assigned_volatilities
        check (option_model not in ('average_price', 'spread') or volatility_source = 'assigned'),
    add constraint average_price_options_have_a_carry
        check (option_model is distinct from 'average_price' or carry_rate_code is not null);
alter table margin.series
    add column second_underlying margin.code,
    add column averaging_from date;

alter table margin.currency
    drop constraint currency_minor_unit_decimals_check,
    add constraint currency_minor_unit_decimals_check check (minor_unit_decimals between 0 and 8);
alter table margin.combined_commodity_margin
    drop constraint combined_commodity_margin_array_decimals_check,
    add constraint combined_commodity_margin_array_decimals_check check (array_decimals between 0 and 8);
alter table margin.risk_array
    add column delta margin.finite,
    add column gamma margin.finite,
    add column vega margin.finite,
    add column theta margin.finite,
    add column rho margin.finite;

comment on table margin.composite_delta_weight is
    'Where deltas are taken and what each weighs; a scenario set without rows has the usual seven. Grain: one row a parameter set, scenario set and price move.';
comment on column margin.composite_delta_weight.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.composite_delta_weight.scenario_set is 'Scenario set.';
comment on column margin.composite_delta_weight.price_move_numerator is 'Numerator of the move, in price scan ranges.';
comment on column margin.composite_delta_weight.price_move_denominator is 'Denominator of the move, above 0.';
comment on column margin.composite_delta_weight.weight is 'Weight of the delta there, 0 to 1; those of a set sum to 1.';
comment on column margin.composite_delta_weight.load_id is 'Load that brought the row.';

comment on table margin.spread_option_correlation is
    'Correlation between the two underlyings of a spread option. Grain: one row a parameter set and contract.';
comment on column margin.spread_option_correlation.parameter_set is 'Parameter set the row belongs to.';
comment on column margin.spread_option_correlation.contract is 'Contract specification.';
comment on column margin.spread_option_correlation.correlation is 'Correlation of the underlyings'' returns, -1 to 1.';
comment on column margin.spread_option_correlation.load_id is 'Load that brought the row.';

comment on table margin.realised_average is
    'What an average-price option''s underlying has averaged so far. Grain: one row a business date and series, revisions apart.';
comment on column margin.realised_average.business_date is 'Day that is margined.';
comment on column margin.realised_average.series is 'Average-price option series.';
comment on column margin.realised_average.average is 'Average of the prices since averaging began, in price units.';
comment on column margin.realised_average.withdrawn is 'Whether this revision takes the row back: readers then see none.';
comment on column margin.realised_average.revision is
    '1 for the row as first loaded, one more for each correction; the highest a run sees counts.';
comment on column margin.realised_average.load_id is 'Load that brought the row.';
comment on column margin.realised_average.source_line is
    'Line of the file the row stood on, the first being 1; null if it came from no file.';

comment on column margin.contract.future_valuation is
    'How a future is valued: linear, cost_of_carry, or inverse (profit and loss in the base coin); null for an option.';
comment on column margin.contract.option_model is
    'black76, black_scholes, bachelier, average_price (Turnbull-Wakeman) or spread (Kirk); null for a future.';
comment on column margin.contract.american_method is
    'barone_adesi_whaley, leisen_reimer or cox_ross_rubinstein; null: barone_adesi_whaley, or no American option.';
comment on column margin.contract.lattice_steps is 'Steps of the lattice, 1 to 2000; null where there is none.';
comment on column margin.series.second_underlying is
    'Series or spot whose price the first underlying''s is compared with; spread options only.';
comment on column margin.series.averaging_from is
    'First day of the averaging period, which ends with the expiry; average-price options only.';
comment on column margin.risk_array.delta is
    'Change of the value for one unit of the underlying price, at the settlement; of a linear future 1.';
comment on column margin.risk_array.gamma is 'Change of the delta for one unit of the underlying price; null for futures.';
comment on column margin.risk_array.vega is
    'Change of the value for 1.00 of volatility (bachelier: one price unit of it); null for futures.';
comment on column margin.risk_array.theta is 'Change of the value over one calendar day, by revaluation; null for futures.';
comment on column margin.risk_array.rho is 'Change of the value for 1.00 of the rate; null for futures.';
