-- purpose: what one contract of a series gains, in money, for a move of what it is priced with
-- grain: one row a series with a published array
-- order: series
-- reads: combined_commodity, contract, result_source, risk_array, series
-- parameters: $1 run, $2 pinned load
select
    r.series as series,
    r.combined_commodity as combined_commodity,
    f.factor * r.delta as delta,
    f.factor * r.gamma as gamma,
    f.factor * r.vega as vega,
    f.factor * r.theta as theta,
    f.factor * r.rho as rho
from margin.risk_array_of($1) as r
join margin.series_as_of($2) as s on s.series = r.series
join margin.contract_as_of($2) as c on c.contract = s.contract
cross join lateral (
    select case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
) as f
order by r.series
