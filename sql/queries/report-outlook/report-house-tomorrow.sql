-- purpose: the rows of the report tomorrow, of every member: for the report house-tomorrow
-- grain: one row an account
-- order: member, account
-- reads: account, computed_part, margin_call, next_night, next_night_call, result_source
-- parameters: $1 run, $2 pinned load
select
    n.member as member,
    n.account as account,
    a.origin as origin,
    n.call_currency as call_currency,
    d.next_business_date as next_business_date,
    d.parameter_set as parameter_set,
    n.requirement as requirement,
    n.add_ons as add_ons,
    n.unpaid_variation_margin as unpaid_variation_margin,
    n.collateral_value as collateral_value,
    n.intraday_collected as intraday_collected,
    n.deficit as deficit,
    n.call_amount as call_amount,
    n.return_amount as return_amount,
    n.reason_code as reason_code,
    n.due_date as due_date,
    m.requirement as tonight_requirement,
    m.add_ons as tonight_add_ons,
    m.unpaid_variation_margin as tonight_unpaid_variation_margin,
    m.collateral_value as tonight_collateral_value,
    m.call_amount as tonight_call_amount
from margin.next_night_call_of($1) as n
cross join margin.next_night_of($1) as d
join margin.account_as_of($2) as a on a.account = n.account
left join margin.margin_call_of($1) as m on m.account = n.account
order by n.member, n.account
