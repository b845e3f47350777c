-- purpose: each line of variation margin, premium and expiry, then what is still owed from days before, for the report
--     variation-margin
-- grain: one row an account and line; what is owed has line 0, and follows the account's last line
-- order: member, account, line
-- reads: account, computed_part, result_source, unpaid_variation_margin, variation_margin
-- needs: reported_account
-- parameters: $1 run
with listed as (
    select a.place, v.line::bigint as line, v.owner, v.kind, v.series, v.quantity::numeric as quantity,
        v.from_price, v.to_price, v.currency, v.amount
    from reported_account as a
    join margin.variation_margin as v on v.account = a.account and int8eq(v.run_id, a.calls_run_id)
        and v.run_id = any ((select margin.source_runs($1, 'calls'))::bigint[])
    union all
    select a.place, null, '', 'owed', '', null, null, null, u.currency, -u.still_owed
    from reported_account as a
    join margin.unpaid_variation_margin as u on u.account = a.account and int8eq(u.run_id, a.calls_run_id)
        and u.run_id = any ((select margin.source_runs($1, 'calls'))::bigint[])
    where u.still_owed > 0
)
select
    v.place as place,
    coalesce(v.line, 0) as settled_line,
    v.owner as owner,
    v.kind as kind,
    v.series as series,
    v.quantity as quantity,
    v.from_price as from_price,
    v.to_price as to_price,
    v.currency as currency,
    v.amount as amount
from listed as v
order by v.place, v.line nulls last, v.currency
