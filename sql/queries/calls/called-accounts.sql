-- purpose: what a run called, the unpaid variation margin in it, and what is recorded as met since
-- grain: one row an account that is called
-- order: account
-- reads: call_event, computed_part, currency, margin_call, result_source, run
-- parameters: $1 run
select c.account, c.call_currency, d.minor_unit_decimals, c.call_amount, c.unpaid_variation_margin,
    coalesce(e.met_amount, 0) as met_amount
from margin.run as r
cross join lateral margin.margin_call_of(r.run_id) as c
join margin.currency_as_of(9223372036854775807) as d on d.currency = c.call_currency
left join margin.call_events_as_of(9223372036854775807) as e
    on e.business_date = r.business_date and e.account = c.account and e.currency = c.call_currency
where r.run_id = $1 and c.call_amount > 0
order by c.account
