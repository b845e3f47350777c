-- purpose: what each account of a member is charged by kind of add-on and currency, for messages
-- grain: one row an account, add-on and currency
-- order: account, add-on, currency
-- reads: account, add_on, currency, result_source, stress_add_on
-- parameters: $1 run, $2 pinned load, $3 member, or null for all
with charged as (
    select x.account, x.add_on, x.currency, x.amount, x.call_currency, x.converted_amount
    from margin.add_on_of($1) as x
    union all
    select s.account, 'stress', s.currency, s.amount, s.call_currency, s.converted_amount
    from margin.stress_add_on_of($1) as s
)
select x.account, x.add_on, x.currency, c.minor_unit_decimals, x.call_currency,
    d.minor_unit_decimals as call_decimals, round(sum(x.amount), c.minor_unit_decimals) as amount,
    sum(x.converted_amount) as converted_amount
from charged as x
join margin.account_as_of($2) as a on a.account = x.account
join margin.currency_as_of($2) as c on c.currency = x.currency
join margin.currency_as_of($2) as d on d.currency = x.call_currency
where $3::text is null or a.member = $3
group by x.account, x.add_on, x.currency, c.minor_unit_decimals, x.call_currency, d.minor_unit_decimals
having sum(x.converted_amount) > 0
order by x.account, x.add_on collate "C", x.currency
