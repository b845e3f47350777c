-- purpose: what each account holds of each series, owners added up, by notional, delta and market value, for messages
-- grain: one row an account and series held
-- order: account, series
-- reads: combined_commodity, contract, currency, intraday_settlement_price, intraday_underlying_price, position,
--     result_source, risk_array, series, settlement_price, underlying_price
-- parameters: $1 run, $2 pinned load, $3 business date, $4 cycle
with held as (
    select h.account, h.series, sum(h.long_quantity)::numeric as bought, sum(h.short_quantity)::numeric as sold
    from margin.book_position_as_of($2, $3, $4) as h
    where h.long_quantity <> 0 or h.short_quantity <> 0
    group by h.account, h.series
),
price as (
    select v.series as instrument, v.price
    from margin.settlement_price_as_of($2, $3, $4) as v
    where v.business_date = $3 and v.price_kind = 'settlement'
),
spot as (
    select u.underlying as instrument, u.price
    from margin.underlying_price_as_of($2, $3, $4) as u
    where u.business_date = $3
),
-- Of one long contract; a price below zero makes no short of it.
valued as (
    select s.series, cc.currency,
        case when t.kind = 'option' then r.composite_delta else 1 end as delta,
        case
            when t.kind = 'option' then r.composite_delta * abs(coalesce(f.price, u.price)) * t.contract_value_factor
            when t.future_valuation = 'inverse' then t.contract_value_factor / nullif(abs(p.price), 0)
            else abs(p.price) * t.contract_value_factor
        end as notional,
        case when t.option_style = 'premium' then p.price * t.contract_value_factor else 0 end as market_value
    from margin.series_as_of($2) as s
    join margin.contract_as_of($2) as t on t.contract = s.contract
    join margin.combined_commodity_as_of($2) as cc on cc.combined_commodity = t.combined_commodity
    left join margin.risk_array_of($1) as r on r.series = s.series
    left join price as p on p.instrument = s.series
    left join price as f on f.instrument = s.underlying
    left join spot as u on u.instrument = s.underlying
)
select h.account, h.series, v.currency, c.minor_unit_decimals,
    round((h.bought + h.sold) * abs(v.notional), c.minor_unit_decimals) as gross_notional,
    round((h.bought - h.sold) * v.notional, c.minor_unit_decimals) as net_notional,
    (h.bought + h.sold) * abs(v.delta) as gross_delta,
    (h.bought - h.sold) * v.delta as net_delta,
    round((h.bought + h.sold) * abs(v.market_value), c.minor_unit_decimals) as gross_market_value
from held as h
join valued as v on v.series = h.series
join margin.currency_as_of($2) as c on c.currency = v.currency
order by h.account, h.series
