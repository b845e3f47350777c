-- purpose: the positions of one date that are not nothing, net
-- grain: one row an account and series
-- order: account, series
-- reads: position
-- parameters: $1 business date
select p.account, p.series, sum(p.long_quantity - p.short_quantity)::bigint as quantity
from margin.position as p
where p.business_date = $1
group by p.account, p.series
having sum(p.long_quantity - p.short_quantity) <> 0
order by p.account, p.series
