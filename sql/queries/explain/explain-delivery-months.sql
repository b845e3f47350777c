-- purpose: the delivery months one account is charged for, with their rates
-- grain: one row an owner, combined commodity and contract month
-- order: owner, combined commodity, contract month
-- reads: delivery_charge, delivery_month_charge, run
-- parameters: $1 run, $2 account
select d.owner, d.combined_commodity, d.contract_month, d.remaining, c.outright_rate, d.consumed, c.spread_rate, d.charge
from margin.run as r
join margin.delivery_month_charge_of($1) as d on d.account = $2
join lateral margin.delivery_charge_as_of(r.pinned_load_id, r.business_date) as c
    on c.parameter_set = r.parameter_set and c.combined_commodity = d.combined_commodity
    and c.contract_month = d.contract_month
where r.run_id = $1
order by d.owner, d.combined_commodity, d.contract_month
