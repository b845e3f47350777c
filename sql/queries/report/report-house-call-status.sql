-- purpose: every open call of the run's night and of those before it, for the report house-call-status
-- grain: one row a night and account with an open call
-- order: member, account, night, the newest first
-- reads: calendar_date, call_event, computed_part, margin_call, result_source, run
-- parameters: $1 run, $2 pinned load, $3 business date
select
    o.member as member,
    o.account as account,
    o.business_date as call_date,
    o.call_currency as call_currency,
    o.call_amount as call_amount,
    o.met_amount as met_amount,
    o.open_amount as open_amount,
    o.due_date as due_date,
    o.age_days as age_days,
    o.state as state,
    o.taken_up_on as taken_up_on
from margin.open_calls($3, $1, $2) as o
where o.open_amount > 0
order by o.member, o.account, o.business_date desc
