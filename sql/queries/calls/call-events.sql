-- purpose: what is recorded of the calls of an account up to a night, or of all accounts
-- grain: one row an event
-- order: night, event
-- reads: call_event, currency, input_load
-- parameters: $1 first night, $2 last night, $3 account (null: all)
select e.load_id, e.business_date, e.account, e.event, e.amount, e.currency, d.minor_unit_decimals, e.reversed_load_id,
    coalesce(l.reason, '') as reason, l.loaded_by,
    to_char(l.loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as loaded_at
from margin.call_event as e
join margin.input_load as l on l.load_id = e.load_id
join margin.currency_as_of(9223372036854775807) as d on d.currency = e.currency
where e.business_date between $1 and $2 and e.account = coalesce($3, e.account)
order by e.business_date, e.load_id
