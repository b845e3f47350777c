-- purpose: the accounts whose requirement a change can move: they hold a series that moved or other positions than before, or
--     are themselves otherwise
-- grain: one row an account
-- reads: account, combined_commodity, contract, position, realised_average, result_source, risk_array, series,
--     settlement_price, underlying_price, volatility
-- needs: moved_account, moved_series
-- parameters: $1 pinned load of the base, $2 pinned load, $3 business date, $4 cycle
-- Positions as they were loaded: what a final price that came or went takes out of the book or back is a change.
create temporary table account_in_scope on commit drop as
select p.account
from margin.position_as_of($2) as p
where p.business_date = $3 and p.cycle = $4 and p.series in (select m.series from moved_series as m)
union
select p.account
from margin.position as p
where p.load_id > $1 and p.load_id <= $2 and p.business_date = $3 and p.cycle = $4
union
select m.account
from moved_account as m
