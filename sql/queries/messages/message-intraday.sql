-- purpose: each account's call in the intraday runs that an end-of-day run has pinned, for messages
-- grain: one row an account and intraday run
-- order: account, run
-- reads: currency, margin_call, result_source, run, run_input
-- parameters: $1 run, $2 pinned load
select c.account, c.call_currency, d.minor_unit_decimals,
    to_char(r.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at,
    c.requirement + c.add_ons as initial_margin, c.unpaid_variation_margin, c.call_amount
from margin.run as own
join margin.run_input as i on i.run_id = own.run_id and i.table_name = 'intraday_call'
join margin.run as r on r.business_date = own.business_date and r.cycle = 'ITD' and r.status = 'published'
    and r.run_id <= i.version
cross join lateral margin.margin_call_of(r.run_id) as c
join margin.currency_as_of($2) as d on d.currency = c.call_currency
where own.run_id = $1
order by c.account, r.run_id
