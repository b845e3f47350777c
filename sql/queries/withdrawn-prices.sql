-- purpose: how many prices were taken back between two loads: their series lose their arrays, which no newer row can say
-- grain: one row
-- parameters: $1 pinned load of the base, $2 last load of prices since
select count(*) as prices
from (
    select p.load_id from margin.settlement_price as p where p.withdrawn and p.load_id > $1 and p.load_id <= $2
    union all
    select i.load_id from margin.intraday_settlement_price as i where i.withdrawn and i.load_id > $1 and i.load_id <= $2
) as w
