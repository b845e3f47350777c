-- purpose: the parameter sets that loads after one have touched
-- grain: one row a parameter set
-- order: parameter set
-- parameters: $1 load
select l.parameter_set
from margin.input_load_parameter_set as l
where l.load_id > $1
group by l.parameter_set
order by l.parameter_set
