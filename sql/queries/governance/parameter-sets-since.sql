-- purpose: the parameter sets that loads after one have touched
-- grain: one row a parameter set: its code, whether it was approved before those loads
-- order: parameter set
-- reads: input_load_parameter_set, parameter_set, parameter_set_approval
-- parameters: $1 load
select l.parameter_set,
    margin.is_approved(l.parameter_set, $1) as was_approved
from margin.input_load_parameter_set as l
where l.load_id > $1
group by l.parameter_set
order by l.parameter_set
