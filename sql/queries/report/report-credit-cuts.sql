-- purpose: what accounts would have to cover at lower credit rates, for the report credit-cuts
-- grain: one row an account with a kappa and a credit cut
-- order: member, account, credit cut
-- reads: account, computed_part, currency, requirement_at_credit_cut, result_source
-- needs: reported_account
-- parameters: $1 run, $2 pinned load
with currency_in_force as (
    select v.currency, v.minor_unit_decimals
    from margin.currency_as_of($2) as v
)
select
    a.member::text as member,
    c.account::text as account,
    c.credit_cut as credit_cut,
    c.call_currency::text as call_currency,
    round(c.requirement, d.minor_unit_decimals) as requirement
from reported_account as a
join margin.requirement_at_credit_cut as c on c.account = a.account and int8eq(c.run_id, a.add_ons_run_id)
    and c.run_id = any ((select margin.source_runs($1, 'add-ons'))::bigint[])
left join currency_in_force as d on d.currency = c.call_currency
order by a.member, c.account, c.credit_cut collate "C"
