-- purpose: stressed windows of one parameter set
-- grain: one row a simulation and first day
-- order: simulation, first day
-- reads: stressed_window
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select w.simulation, to_char(w.from_date, 'YYYY-MM-DD') as from_date, to_char(w.to_date, 'YYYY-MM-DD') as to_date
from margin.stressed_window_as_of($2, $3) as w
where w.parameter_set = $1
order by w.simulation, w.from_date
