-- purpose: the calls of the newest night up to a date, and those of nights before that were never met
-- grain: one row a night and account
-- order: member, account, night, the newest first
-- reads: calendar_date, call_event, computed_part, currency, margin_call, result_source, run
-- parameters: $1 business date
select o.business_date, o.run_number, o.account, o.member, o.call_currency, d.minor_unit_decimals, o.call_amount, o.met_amount,
    o.open_amount, o.due_date, o.age_days, o.state, o.taken_up_on
from margin.open_calls($1, null, 9223372036854775807) as o
join margin.currency_as_of(9223372036854775807) as d on d.currency = o.call_currency
order by o.member, o.account, o.business_date desc
