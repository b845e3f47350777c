-- purpose: each account's variation margin of positions, trades and expiries, without premiums and payoffs, in its call
--     currency at rates without haircut, for messages
-- grain: one row an account and currency
-- order: account, currency
-- reads: account, currency, fx_rate, result_source, variation_margin
-- parameters: $1 run, $2 pinned load, $3 business date
with settled as (
    select v.account, v.currency, sum(v.amount) as amount
    from margin.variation_margin_of($1) as v
    where v.kind in ('position', 'trade', 'expiry')
    group by v.account, v.currency
)
select s.account, s.currency, a.call_currency, c.minor_unit_decimals,
    round(case when s.amount = 0 then 0 when s.currency = a.call_currency then s.amount else s.amount * f.rate end,
        c.minor_unit_decimals) as variation_margin
from settled as s
join margin.account_as_of($2) as a on a.account = s.account
join margin.currency_as_of($2) as c on c.currency = a.call_currency
left join margin.fx_rate_as_of($2) as f on f.business_date = $3 and f.from_currency = s.currency
    and f.to_currency = a.call_currency
order by s.account, s.currency
