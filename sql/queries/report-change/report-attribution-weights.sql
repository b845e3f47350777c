-- purpose: the series whose price and whose volatility weigh most in each account's change, for the report attribution-weights
-- grain: one row an account, effect and rank
-- order: member, account, effect, rank
-- reads: attribution, attribution_weight, result_source
-- parameters: $1 run
select
    a.member as member,
    w.account as account,
    w.effect as effect,
    w.rank::bigint as rank,
    w.series as series,
    w.quantity as quantity,
    w.yesterday as yesterday,
    w.today as today,
    w.call_currency as call_currency,
    w.weight as weight
from margin.attribution_weight_of($1) as w
join margin.attribution_of($1) as a on a.account = w.account and a.figure = 'requirement'
order by a.member, w.account, w.effect, w.rank
