-- purpose: scenario rows of one set
-- grain: one row a scenario
-- order: scenario_set, scenario
-- reads: scenario
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select p.scenario_set, p.scenario, p.price_move_numerator, p.price_move_denominator, p.volatility_move,
    p.weight, p.pair
from margin.scenario_as_of($2, $3) as p
where p.parameter_set = $1
order by p.scenario_set, p.scenario
