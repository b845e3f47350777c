-- purpose: who will be called on the next business date if nothing moves, for the report tomorrow-calls
-- grain: one row an account that is called then
-- order: call currency, call amount (largest first), account
-- reads: computed_part, margin_call, next_night, next_night_call, result_source
-- parameters: $1 run
select
    n.call_currency as call_currency,
    n.member as member,
    n.account as account,
    d.next_business_date as next_business_date,
    n.call_amount as call_amount,
    n.due_date as due_date,
    m.call_amount as tonight_call_amount,
    n.requirement + n.add_ons - m.requirement - m.add_ons as margin_change,
    n.unpaid_variation_margin as unpaid_variation_margin,
    n.collateral_value - m.collateral_value as collateral_change
from margin.next_night_call_of($1) as n
cross join margin.next_night_of($1) as d
left join margin.margin_call_of($1) as m on m.account = n.account
where n.call_amount > 0
order by n.call_currency, n.call_amount desc, n.account
