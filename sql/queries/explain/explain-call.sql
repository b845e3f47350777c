-- purpose: one account's call with its components
-- grain: one row or none
-- reads: margin_call
-- parameters: $1 run, $2 account
select m.member, m.call_currency, m.requirement, m.add_ons, m.unpaid_variation_margin, m.collateral_value, m.deficit,
    m.threshold, m.minimum_transfer_amount, m.lot, m.call_amount, m.return_amount, m.reason_code, m.due_date,
    m.intraday_collected, m.intraday_trigger
from margin.margin_call_of($1) as m
where m.account = $2
