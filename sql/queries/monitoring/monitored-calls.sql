-- purpose: what accounts are required, owe and have posted
-- grain: one row an account
-- order: account
-- reads: computed_part, margin_call, result_source
-- parameters: $1 run
select m.account, m.member, m.call_currency, m.requirement + m.add_ons as margin, m.unpaid_variation_margin, m.collateral_value
from margin.margin_call_of($1) as m
order by m.account
