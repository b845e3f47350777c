-- purpose: each account's requirement and add-ons at the end of the last published business date before, for messages
-- grain: one row an account
-- order: account
-- reads: currency, margin_call, result_source, run
-- parameters: $1 pinned load, $2 business date
select c.account, c.call_currency, d.minor_unit_decimals, c.requirement + c.add_ons as initial_margin
from (
    select r.run_id
    from margin.run as r
    where r.cycle = 'EOD' and r.status = 'published' and r.business_date < $2
    order by r.business_date desc
    limit 1
) as p
cross join lateral margin.margin_call_of(p.run_id) as c
join margin.currency_as_of($1) as d on d.currency = c.call_currency
order by c.account
