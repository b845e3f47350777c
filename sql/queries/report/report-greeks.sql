-- purpose: what each position gains for a move of what it is priced with, for the report greeks
-- grain: one row an account, owner and series held
-- order: member, account, owner, series
-- reads: account, combined_commodity, computed_part, contract, intraday_settlement_price, position, result_source,
--     risk_array, series, settlement_price
-- needs: reported_account
-- parameters: $1 run, $2 pinned load, $3 business date, $4 cycle
with commodity_in_force as (
    select v.combined_commodity, v.currency, v.is_synthetic
    from margin.combined_commodity_as_of($2) as v
),
held as materialized (
    select a.member, h.account, h.owner, h.series, h.long_quantity - h.short_quantity as quantity
    from reported_account as a
    cross join lateral margin.book_position_as_of($2, $3, $4) as h
    where h.account = a.account
),
held_series as materialized (
    select distinct h.series
    from held as h
),
-- What one contract gains, in money.
gain as (
    select r.series, r.combined_commodity, f.factor * r.delta as delta, f.factor * r.gamma as gamma,
        f.factor * r.vega as vega, f.factor * r.theta as theta, f.factor * r.rho as rho
    from held_series as x
    join lateral margin.risk_array_of($1) as r on r.series = x.series
    cross join lateral margin.series_as_of($2) as s
    cross join lateral margin.contract_as_of($2) as c
    cross join lateral (
        select case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
    ) as f
    where s.series = r.series and c.contract = s.contract
)
select
    h.member::text as member,
    h.account::text as account,
    h.owner::text as owner,
    h.series::text as series,
    g.combined_commodity::text as combined_commodity,
    cc.is_synthetic as is_synthetic,
    cc.currency::text as currency,
    h.quantity as quantity,
    round((h.quantity * g.delta)::numeric, 4) as delta,
    round((h.quantity * g.gamma)::numeric, 4) as gamma,
    round((h.quantity * g.vega)::numeric, 4) as vega,
    round((h.quantity * g.theta)::numeric, 4) as theta,
    round((h.quantity * g.rho)::numeric, 4) as rho
from held as h
join gain as g on g.series = h.series
left join commodity_in_force as cc on cc.combined_commodity = g.combined_commodity
order by h.member, h.account, h.owner, h.series
