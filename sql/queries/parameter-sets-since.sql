-- purpose: the parameter sets that loads after one have touched
-- grain: one row a parameter set: its code, whether it was approved before those loads
-- order: parameter set
-- parameters: $1 load
select l.parameter_set,
    bool_or(coalesce(p.load_id <= $1 and p.approved_by is not null, false)) as was_approved
from margin.input_load_parameter_set as l
left join margin.parameter_set as p on p.parameter_set = l.parameter_set
where l.load_id > $1
group by l.parameter_set
order by l.parameter_set
