-- purpose: the series whose value a change can move: of prices or volatilities, their own or their underlying's, or of what
--     their combined commodity is margined by
-- grain: one row a series
-- reads: contract, realised_average, series, settlement_price, underlying_price, volatility
-- needs: moved
-- parameters: $1 pinned load of the base, $2 pinned load, $3 business date, $4 previous business date (null if none)
create temporary table affected_series on commit drop as
with changed (code) as (
    select p.series::text
    from margin.settlement_price as p
    where p.load_id > $1 and p.load_id <= $2 and p.business_date in ($3, $4)
    union
    select r.series::text
    from margin.realised_average as r
    where r.load_id > $1 and r.load_id <= $2 and r.business_date = $3
    union
    select v.instrument::text
    from margin.volatility as v
    where v.load_id > $1 and v.load_id <= $2 and v.business_date = $3
    union
    select u.underlying::text
    from margin.underlying_price as u
    where u.load_id > $1 and u.load_id <= $2 and u.business_date = $3
    union
    select m.code
    from moved as m
    where m.kind = 'value'
)
select s.series, c.combined_commodity
from margin.series_as_of($2) as s
join margin.contract_as_of($2) as c on c.contract = s.contract
where s.series in (select x.code from changed as x) or s.underlying in (select x.code from changed as x)
    or s.second_underlying in (select x.code from changed as x)
    or c.combined_commodity in (select m.code from moved as m where m.kind = 'combined_commodity')
