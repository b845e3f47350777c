-- purpose: one account's variation margin
-- grain: one row a line
-- order: line
-- reads: contract, run, series, variation_margin
-- parameters: $1 run, $2 account
select v.kind, v.series, v.quantity, v.from_price, v.to_price, v.currency, v.amount, c.contract_value_factor,
    coalesce(c.future_valuation = 'inverse', false) as is_inverse
from margin.variation_margin_of($1) as v
join margin.run as r on r.run_id = $1
join lateral margin.series_as_of(r.pinned_load_id) as s on s.series = v.series
join lateral margin.contract_as_of(r.pinned_load_id) as c on c.contract = s.contract
where v.account = $2
order by v.line
