-- purpose: what one long contract loses in each stress scenario, for a rerun to go on from
-- grain: one row a series
-- order: none
-- reads: computed_part, result_source, stress_array
-- parameters: $1 run
select a.series, a.stress_array
from margin.stress_array_of($1) as a
