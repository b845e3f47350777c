-- purpose: the published risk arrays, deltas, volatilities and rules fired, for the report risk-arrays
-- grain: one row a series
-- order: combined commodity, series
-- reads: combined_commodity, contract, intraday_settlement_price, result_source, risk_array, series,
--     settlement_price
-- parameters: $1 run, $2 pinned load, $3 business date, $4 cycle
with commodity_in_force as (
    select v.combined_commodity, v.currency, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
series_in_force as (
    select v.series, v.contract, v.contract_month, v.expiry_date, v.option_right, v.strike
    from margin.series_as_of($2) as v
),
contract_in_force as (
    select v.contract, v.contract_value_factor, v.delta_scaling_factor, v.option_style
    from margin.contract_as_of($2) as v
),
-- What a premium-style option is worth enters the requirement; no other price does.
option_price as (
    select v.series, v.price
    from margin.settlement_price_as_of($2, $3, $4) as v
    where v.business_date = $3 and v.price_kind = 'settlement'
)
select
    r.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    cc.currency::text as currency,
    s.contract::text as contract,
    r.series::text as series,
    s.contract_month::text as contract_month,
    s.expiry_date as expiry_date,
    s.option_right as option_right,
    trim_scale(s.strike) as strike,
    trim_scale(t.contract_value_factor) as contract_value_factor,
    trim_scale(t.delta_scaling_factor) as delta_scaling_factor,
    case t.option_style when 'premium' then o.price end as settlement_price,
    r.composite_delta as composite_delta,
    trim_scale(r.price_scan_range) as price_scan_range,
    round(r.volatility::numeric, 12) as volatility,
    r.volatility_rule as volatility_rule,
    r.scenario_set::text as scenario_set,
    r.array_decimals::bigint as array_decimals,
    r.risk_array as risk_array
from margin.risk_array_of($1) as r
left join commodity_in_force as cc on cc.combined_commodity = r.combined_commodity
left join series_in_force as s on s.series = r.series
left join contract_in_force as t on t.contract = s.contract
left join option_price as o on o.series = r.series
order by r.combined_commodity, r.series
