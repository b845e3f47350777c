-- purpose: what a night comes to
-- grain: one row a call currency
-- order: call currency
-- reads: currency, margin_call, run
-- parameters: $1 run
select m.call_currency, min(c.minor_unit_decimals)::smallint as decimals, sum(m.requirement + m.add_ons) as required,
    sum(m.collateral_value) as collateral, sum(m.call_amount) as called,
    count(*) filter (where m.call_amount > 0) as accounts_called, count(*) as accounts,
    count(*) filter (where m.reason_code = 'no_call_rule') as accounts_without_call_rule
from margin.margin_call_of($1) as m
join margin.run as r on r.run_id = $1
cross join lateral margin.currency_as_of(r.pinned_load_id) as c
where c.currency = m.call_currency
group by m.call_currency
order by m.call_currency
