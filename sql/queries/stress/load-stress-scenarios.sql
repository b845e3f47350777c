-- purpose: stress scenarios of one parameter set
-- grain: one row a scenario
-- order: number
-- reads: stress_scenario
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select s.number, s.scenario, s.kind, s.from_date::text as from_date, s.to_date::text as to_date
from margin.stress_scenario_as_of($2, $3) as s
where s.parameter_set = $1
order by s.number
