-- purpose: the positions behind one account's requirement, with the arrays of their series
-- grain: one row an owner and series
-- order: series, owner
-- reads: contract, intraday_settlement_price, position, result_source, risk_array, run, series, settlement_price
-- parameters: $1 run, $2 account
select p.owner, a.combined_commodity, p.series, p.long_quantity, p.short_quantity, a.array_decimals, a.risk_array
from margin.run as r
join lateral margin.book_position_as_of(r.pinned_load_id, r.business_date, r.cycle) as p on p.account = $2
join margin.risk_array_of($1) as a on a.series = p.series
where r.run_id = $1
order by p.series, p.owner
