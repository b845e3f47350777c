-- purpose: what a night asked of each member and what stood against it, for the pages of a night
-- grain: one row a member and call currency
-- order: member, call currency
-- reads: computed_part, margin_call, result_source
-- parameters: $1 run
select m.member, m.call_currency, sum(m.requirement + m.add_ons) as margin, sum(m.collateral_value) as collateral_value,
    sum(m.call_amount) as call_amount
from margin.margin_call_of($1) as m
group by m.member, m.call_currency
order by m.member, m.call_currency
