-- purpose: totals of the calls by member and for the house, for the report house-summary
-- grain: one row a call currency and member, and one a call currency for the house
-- order: call currency, scope (house first), member
-- reads: currency, margin_call
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
)
select
    case when grouping(m.member) = 0 then 'member' else 'house' end as scope,
    case when grouping(m.member) = 0 then m.member::text else '' end as member,
    m.call_currency::text as call_currency,
    count(*) as accounts,
    count(*) filter (where m.call_amount > 0) as calls,
    round(sum(m.requirement), min(d.minor_unit_decimals)) as requirement,
    round(sum(m.add_ons), min(d.minor_unit_decimals)) as add_ons,
    round(sum(m.unpaid_variation_margin), min(d.minor_unit_decimals)) as unpaid_variation_margin,
    round(sum(m.collateral_value), min(d.minor_unit_decimals)) as collateral_value,
    round(sum(m.call_amount), min(d.minor_unit_decimals)) as call_amount,
    round(sum(m.return_amount), min(d.minor_unit_decimals)) as return_amount
from margin.margin_call_of($1) as m
left join currency_in_force as d on d.currency = m.call_currency
group by grouping sets ((m.call_currency, m.member), (m.call_currency))
order by m.call_currency, grouping(m.member) desc, m.member
