-- purpose: the positions in the book of one date, each with its member and what its contracts count for
-- grain: one row an account, owner and series
-- order: none: the reader adds them up
-- reads: account, contract, intraday_settlement_price, position, series, settlement_price
-- parameters: $1 pinned load, $2 business date, $3 cycle
select a.member, p.account, p.owner, p.series, c.combined_commodity, c.delta_scaling_factor, p.long_quantity, p.short_quantity
from margin.book_position_as_of($1, $2, $3) as p
join margin.account_as_of($1) as a on a.account = p.account
join margin.series_as_of($1) as s on s.series = p.series
join margin.contract_as_of($1) as c on c.contract = s.contract
