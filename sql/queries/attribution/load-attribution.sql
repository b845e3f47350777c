-- purpose: what moved an account's figures since the night before, as a run keeps it
-- grain: one row a figure
-- order: figure, the requirement first
-- reads: attribution, result_source
-- parameters: $1 run, $2 account
select a.figure, a.call_currency, a.reason, a.reported_yesterday, a.correction, a.yesterday, a.today,
    a.time_forward, a.time_reverse, a.positions_forward, a.positions_reverse, a.prices_forward, a.prices_reverse,
    a.volatilities_forward, a.volatilities_reverse, a.parameters_forward, a.parameters_reverse, a.static_forward,
    a.static_reverse
from margin.attribution_of($1) as a
where a.account = $2
order by a.figure desc
