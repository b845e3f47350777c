-- purpose: series
-- grain: one row a series, expired ones included: yesterday may have held them
-- order: series
-- reads: series
-- parameters: $1 pinned load
select s.series, s.contract, s.contract_month, s.expiry_date, s.option_right, s.strike, s.underlying,
    s.second_underlying, s.averaging_from
from margin.series_as_of($1) as s
order by s.series
