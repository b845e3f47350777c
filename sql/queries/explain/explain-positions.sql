-- purpose: the positions behind one portfolio array, with their own arrays
-- grain: one row a series
-- order: series
-- reads: contract, intraday_settlement_price, position, result_source, risk_array, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle, $4 account, $5 owner, $6 combined commodity, $7 run
select p.series, p.long_quantity, p.short_quantity, a.array_decimals, a.risk_array, a.composite_delta
from margin.book_position_as_of($1, $2, $3) as p
join margin.risk_array_of($7) as a on a.series = p.series
where p.account = $4 and p.owner = $5 and a.combined_commodity = $6
order by p.series
