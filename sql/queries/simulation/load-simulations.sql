-- purpose: simulations of one parameter set
-- grain: one row a simulation
-- order: simulation
-- reads: simulation
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select s.simulation, s.confidence, s.convention, s.mpor_days, s.look_back_days, s.is_filtered, s.stressed_weight, s.keeps_losses,
    s.break_window, s.break_kappa, s.break_lower, s.break_upper
from margin.simulation_as_of($2, $3) as s
where s.parameter_set = $1
order by s.simulation
