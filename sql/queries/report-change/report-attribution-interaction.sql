-- purpose: what each kind of input did before and after the others, for the report attribution-interaction
-- grain: one row an account, figure and effect; none where one night alone has the figure
-- order: member, account, figure, the requirement first, effect
-- reads: attribution, result_source
-- parameters: $1 run
select
    a.member as member,
    a.account as account,
    a.figure as figure,
    a.call_currency as call_currency,
    e.effect as effect,
    e.forward as forward,
    e.reverse as reverse,
    e.forward - e.reverse as interaction
from margin.attribution_of($1) as a
cross join lateral (
    values
        (1, 'time', a.time_forward, a.time_reverse),
        (2, 'positions', a.positions_forward, a.positions_reverse),
        (3, 'prices', a.prices_forward, a.prices_reverse),
        (4, 'volatilities', a.volatilities_forward, a.volatilities_reverse),
        (5, 'parameters', a.parameters_forward, a.parameters_reverse),
        (6, 'static', a.static_forward, a.static_reverse)
) as e (place, effect, forward, reverse)
where a.reason = 'attributed'
order by a.member, a.account, a.figure desc, e.place
