-- purpose: the critical values of the test of expected shortfall
-- grain: one row a number of nights and probability
-- order: nights, probability
-- reads: z2_critical
-- parameters: $1 pinned load
select c.nights, c.exception_probability, c.yellow, c.red
from margin.z2_critical_as_of($1) as c
order by c.nights, c.exception_probability
