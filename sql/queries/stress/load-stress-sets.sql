-- purpose: how one parameter set stresses the house
-- grain: at most one row
-- reads: stress_set
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select s.stress_set, s.horizon_days, s.house_surplus_covers_clients, s.add_on_share, s.reverse_step, s.reverse_max,
    s.cover_count, s.round_cap, s.close_out_days, s.clients_are_closed_out
from margin.stress_set_as_of($2, $3) as s
where s.parameter_set = $1
