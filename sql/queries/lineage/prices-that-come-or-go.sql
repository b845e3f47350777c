-- purpose: how many of the settlement prices between two loads are new, taken back or final: the others say another value of a
--     price that was there
-- grain: one row
-- reads: settlement_price
-- parameters: $1 pinned load of the base, $2 last load of prices since
select count(*) as prices
from margin.settlement_price as p
where p.load_id > $1 and p.load_id <= $2
    and (p.withdrawn or p.price_kind = 'final' or not coalesce((
        select not o.withdrawn
        from margin.settlement_price as o
        where o.business_date = p.business_date and o.series = p.series and o.price_kind = p.price_kind and o.load_id <= $1
        order by o.revision desc
        limit 1), false))
