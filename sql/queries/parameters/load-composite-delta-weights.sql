-- purpose: where composite deltas are taken and what each weighs, of one parameter set
-- grain: one row a scenario set and price move
-- order: scenario set, size of the move, upward first
-- reads: composite_delta_weight
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select w.scenario_set, w.price_move_numerator, w.price_move_denominator, w.weight
from margin.composite_delta_weight_as_of($2, $3) as w
where w.parameter_set = $1
order by w.scenario_set, abs(w.price_move_numerator / w.price_move_denominator),
    w.price_move_numerator / w.price_move_denominator desc
