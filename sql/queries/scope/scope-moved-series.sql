-- purpose: the series whose holders a change can move: their array changed, a price that enters their option value, or a
--     future of their combined commodity
-- grain: one row a series
-- reads: contract, realised_average, result_source, risk_array, series, settlement_price, underlying_price,
--     volatility
-- needs: affected_series
-- parameters: $1 pinned load, $2 run
create temporary table moved_series on commit drop as
with changed_array as (
    select r.series, r.combined_commodity
    from margin.result_source as s
    join margin.risk_array as r on r.run_id = s.source_run_id
    where s.run_id = $2 and s.stage = 'risk-arrays' and s.source_run_id = $2
),
-- A future's price scan range caps the weighted price risk of everyone in its combined commodity, held or not.
moved_commodity as (
    select distinct x.combined_commodity
    from changed_array as x
    join margin.series_as_of($1) as s on s.series = x.series
    where s.option_right is null
)
select x.series::text as series
from changed_array as x
union
select a.series::text
from affected_series as a
union
select s.series::text
from margin.contract_as_of($1) as c
join margin.series_as_of($1) as s on s.contract = c.contract
where c.combined_commodity in (select m.combined_commodity from moved_commodity as m)
