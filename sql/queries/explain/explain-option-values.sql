-- purpose: what each option position of one account adds to its net option value and short option minimum
-- grain: one row an owner and series
-- order: owner, combined commodity, series
-- reads: contract, intraday_settlement_price, position, result_source, risk_array, run, series, settlement_price
-- parameters: $1 run, $2 account
select p.owner, a.combined_commodity, p.series, s.option_right, c.option_style, p.long_quantity, p.short_quantity, t.price,
    c.contract_value_factor, a.array_decimals, greatest(0, (select max(v) from unnest(a.risk_array) as v)) as long_loss
from margin.run as r
join lateral margin.position_as_of(r.pinned_load_id) as p
    on p.business_date = r.business_date and p.cycle = r.cycle and p.account = $2
join margin.risk_array_of($1) as a on a.series = p.series
join lateral margin.series_as_of(r.pinned_load_id) as s on s.series = p.series
join lateral margin.contract_as_of(r.pinned_load_id) as c on c.contract = s.contract and c.kind = 'option'
left join lateral margin.settlement_price_as_of(r.pinned_load_id, r.business_date, r.cycle) as t
    on t.business_date = r.business_date and t.series = p.series and t.price_kind = 'settlement'
where r.run_id = $1 and (p.long_quantity <> 0 or p.short_quantity <> 0)
order by p.owner, a.combined_commodity, p.series
