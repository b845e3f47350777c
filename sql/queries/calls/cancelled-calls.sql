-- purpose: the calls of a night that a later run of it cancelled: the run that stands calls another amount
-- grain: one row a superseded run and account
-- order: member, account, run
-- reads: computed_part, currency, margin_call, result_source, run
-- parameters: $1 business date
select r.run_number, c.account, c.member, c.call_currency, d.minor_unit_decimals, c.call_amount, c.due_date,
    n.run_number as cancelled_by_run, coalesce(s.call_amount, 0) as call_amount_since
from margin.run as r
join margin.run as n on n.business_date = r.business_date and n.cycle = r.cycle and n.status = 'published'
cross join lateral margin.margin_call_of(r.run_id) as c
join margin.currency_as_of(9223372036854775807) as d on d.currency = c.call_currency
left join margin.margin_call_of(n.run_id) as s on s.account = c.account and s.call_currency = c.call_currency
where r.business_date = $1 and r.cycle = 'EOD' and r.status = 'superseded' and c.call_amount > 0
    and c.call_amount is distinct from s.call_amount
order by c.member, c.account, r.run_number
