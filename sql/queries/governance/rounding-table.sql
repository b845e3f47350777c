-- purpose: which rounding rules a parameter set follows
-- grain: one row
-- reads: parameter_set
-- parameters: $1 parameter set
select s.rounding_table
from margin.parameter_set as s
where s.parameter_set = $1
