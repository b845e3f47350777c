-- purpose: a pass over the book for the gates after this: who holds something on both dates
-- grain: one row a business date, account and owner
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle
create temporary table holding_account on commit drop as
select p.business_date, p.account, p.owner
from margin.position_as_of($1) as p
where (p.business_date, p.cycle) in (($2, $4), ($3, 'EOD')) and (p.long_quantity <> 0 or p.short_quantity <> 0)
group by p.business_date, p.account, p.owner
