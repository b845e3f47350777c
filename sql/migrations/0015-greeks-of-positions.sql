-- purpose: what positions gain for a move of each thing a model prices with.
create view margin.position_greeks with (security_invoker = true) as
select r.run_id, p.account, p.owner, p.series, p.long_quantity - p.short_quantity as quantity,
    f.factor * a.delta as delta, f.factor * a.gamma as gamma, f.factor * a.vega as vega, f.factor * a.theta as theta,
    f.factor * a.rho as rho
from margin.run as r
cross join lateral margin.position_as_of(r.pinned_load_id) as p
join margin.risk_array as a on a.run_id = r.run_id and a.series = p.series
cross join lateral margin.series_as_of(r.pinned_load_id) as s
cross join lateral margin.contract_as_of(r.pinned_load_id) as c
cross join lateral (
    select (p.long_quantity - p.short_quantity)
        * case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
) as f
where p.business_date = r.business_date and p.cycle = r.cycle and s.series = p.series and c.contract = s.contract
    and (p.long_quantity <> 0 or p.short_quantity <> 0);

comment on view margin.position_greeks is
    'Greeks of the positions a run margined, for all contracts held, in money. Grain: one row a run, account, owner and series.';
comment on column margin.position_greeks.run_id is 'The run.';
comment on column margin.position_greeks.account is 'Margin account.';
comment on column margin.position_greeks.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.position_greeks.series is 'Series.';
comment on column margin.position_greeks.quantity is 'Long less short contracts.';
comment on column margin.position_greeks.delta is
    'Gain for one unit of the underlying price, + for a long underlying, in the combined commodity''s currency.';
comment on column margin.position_greeks.gamma is 'Change of delta for one unit of the underlying price; null for futures.';
comment on column margin.position_greeks.vega is
    'Gain for 1.00 of volatility (bachelier: one price unit of it); null for futures.';
comment on column margin.position_greeks.theta is 'Gain over one calendar day; null for futures.';
comment on column margin.position_greeks.rho is 'Gain for 1.00 of the rate; null for futures.';
