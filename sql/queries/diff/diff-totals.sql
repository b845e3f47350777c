-- purpose: what the calls of two runs come to
-- grain: one row a call currency
-- order: call currency
-- reads: margin_call
-- parameters: $1 run, $2 other run
select t.call_currency, sum(t.requirement) filter (where t.side = 0) as requirement_before,
    sum(t.requirement) filter (where t.side = 1) as requirement_after,
    sum(t.add_ons) filter (where t.side = 0) as add_ons_before, sum(t.add_ons) filter (where t.side = 1) as add_ons_after,
    sum(t.call_amount) filter (where t.side = 0) as call_before, sum(t.call_amount) filter (where t.side = 1) as call_after
from (
    select 0 as side, a.call_currency, a.requirement, a.add_ons, a.call_amount from margin.margin_call_of($1) as a
    union all
    select 1, b.call_currency, b.requirement, b.add_ons, b.call_amount from margin.margin_call_of($2) as b
) as t
group by t.call_currency
order by t.call_currency
