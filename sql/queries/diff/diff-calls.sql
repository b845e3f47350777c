-- purpose: the calls that differ between two runs of a date
-- grain: one row an account with any other figure, or that only one of the runs has
-- order: member, account
-- reads: margin_call
-- parameters: $1 run, $2 other run
select coalesce(b.member, a.member) as member, coalesce(b.account, a.account) as account,
    coalesce(b.call_currency, a.call_currency) as call_currency,
    coalesce(a.requirement, 0) as requirement_before, coalesce(b.requirement, 0) as requirement_after,
    coalesce(a.add_ons, 0) as add_ons_before, coalesce(b.add_ons, 0) as add_ons_after,
    coalesce(a.unpaid_variation_margin, 0) as variation_margin_before,
    coalesce(b.unpaid_variation_margin, 0) as variation_margin_after,
    coalesce(a.collateral_value, 0) as collateral_before, coalesce(b.collateral_value, 0) as collateral_after,
    coalesce(a.intraday_collected, 0) as intraday_before, coalesce(b.intraday_collected, 0) as intraday_after,
    coalesce(a.call_amount, 0) as call_before, coalesce(b.call_amount, 0) as call_after,
    coalesce(a.return_amount, 0) as return_before, coalesce(b.return_amount, 0) as return_after
from margin.margin_call_of($1) as a
full join margin.margin_call_of($2) as b on b.account = a.account
where (a.requirement, a.add_ons, a.unpaid_variation_margin, a.collateral_value, a.intraday_collected, a.call_amount, a.return_amount,
        a.call_currency, a.due_date)
    is distinct from (b.requirement, b.add_ons, b.unpaid_variation_margin, b.collateral_value, b.intraday_collected, b.call_amount,
        b.return_amount, b.call_currency, b.due_date)
order by member, account
