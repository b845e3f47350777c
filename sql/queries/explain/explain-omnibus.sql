-- purpose: each series of a gross omnibus account with the largest loss of a long and of a short
-- grain: one row a series
-- order: series
-- reads: contract, intraday_settlement_price, position, result_source, risk_array, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle, $4 account, $5 combined commodity, $6 run
select p.series, p.long_quantity, p.short_quantity, a.array_decimals,
    greatest(0, (select max(v) from unnest(a.risk_array) as v)) as long_loss,
    greatest(0, (select max(-v) from unnest(a.risk_array) as v)) as short_loss
from margin.book_position_as_of($1, $2, $3) as p
join margin.risk_array_of($6) as a on a.series = p.series
where p.account = $4 and a.combined_commodity = $5
order by p.series
