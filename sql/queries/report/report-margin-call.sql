-- purpose: each account's call or return with its components, for the report margin-call
-- grain: one row an account
-- order: member, account
-- reads: account, computed_part, margin_call, result_source
-- needs: reported_account
-- parameters: $1 run, $3 business date, $4 cycle, $5 run number
select
    a.place as place,
    $3 as business_date,
    $4 as cycle,
    m.call_currency as call_currency,
    m.requirement as requirement,
    m.add_ons as add_ons,
    m.unpaid_variation_margin as unpaid_variation_margin,
    m.collateral_value as collateral_value,
    m.intraday_collected as intraday_collected,
    m.deficit as deficit,
    m.threshold as threshold,
    m.minimum_transfer_amount as minimum_transfer_amount,
    m.lot as lot,
    m.intraday_trigger as intraday_trigger,
    m.call_amount as call_amount,
    m.return_amount as return_amount,
    m.reason_code as reason_code,
    m.due_date as due_date,
    $5::bigint as run_number
from reported_account as a
join margin.margin_call as m on m.account = a.account and int8eq(m.run_id, a.calls_run_id)
    and m.run_id = any ((select margin.source_runs($1, 'calls'))::bigint[])
order by a.place
