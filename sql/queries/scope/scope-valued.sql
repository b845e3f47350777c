-- purpose: the series that a valuation of the affected combined commodities needs: theirs, and every future an option may be on
-- grain: one row a series
-- reads: contract, realised_average, series, settlement_price, underlying_price, volatility
-- needs: affected_series
-- parameters: $1 pinned load
create temporary table series_in_scope on commit drop as
select s.series
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
where s.option_right is null or c.combined_commodity in (select a.combined_commodity from affected_series as a)
