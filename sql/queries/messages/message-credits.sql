-- purpose: what net option value has taken off each account's requirement, in its call currency, for messages
-- grain: one row an account
-- order: account
-- reads: currency, currency_requirement, requirement, result_source
-- parameters: $1 run, $2 pinned load
with taken_off as (
    select q.account, q.currency, sum(greatest(q.initial_risk + q.offset_add_back - q.requirement, 0)) as amount
    from margin.currency_requirement_of($1) as q
    group by q.account, q.currency
)
select r.account, r.call_currency, c.minor_unit_decimals,
    sum(round(t.amount * r.fx_rate * (1 + r.fx_haircut), c.minor_unit_decimals)) as credit
from margin.requirement_of($1) as r
join taken_off as t on t.account = r.account and t.currency = r.currency
join margin.currency_as_of($2) as c on c.currency = r.call_currency
group by r.account, r.call_currency, c.minor_unit_decimals
order by r.account
