-- purpose: how many prices were taken back between two loads: their series lose their arrays, which no newer row can say
-- grain: one row
-- reads: settlement_price, underlying_price
-- parameters: $1 pinned load of the base, $2 last load of prices since
select count(*) as prices
from (
    select p.load_id from margin.settlement_price as p where p.withdrawn and p.load_id > $1 and p.load_id <= $2
    union all
    select u.load_id from margin.underlying_price as u where u.withdrawn and u.load_id > $1 and u.load_id <= $2
) as w
