-- purpose: what the stress scenarios of one parameter set do to prices and volatilities
-- grain: one row a row of a scenario
-- order: number, move
-- reads: stress_move
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select m.number, m.move, m.combined_commodity, m.from_month, m.to_month, m.price_kind, m.price_move, m.volatility_kind,
    m.volatility_move
from margin.stress_move_as_of($2, $3) as m
where m.parameter_set = $1
order by m.number, m.move
