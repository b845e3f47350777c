-- purpose: the positions of one date and cycle
-- grain: one row an account, owner and series
-- order: none: the reader puts them in order
-- parameters: $1 pinned load, $2 business date, $3 cycle
select p.account, p.owner, p.series, p.long_quantity, p.short_quantity
from margin.position_as_of($1) as p
join account_in_scope as s on s.account = p.account
where p.business_date = $2 and p.cycle = $3 and (p.long_quantity <> 0 or p.short_quantity <> 0)
