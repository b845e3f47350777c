-- purpose: one account's variation margin
-- grain: one row a line
-- order: line
-- parameters: $1 run, $2 account
select v.kind, v.series, v.quantity, v.from_price, v.to_price, v.currency, v.amount
from margin.variation_margin as v
where v.run_id = $1 and v.account = $2
order by v.line
