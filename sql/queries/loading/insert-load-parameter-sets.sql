-- purpose: record which parameter sets a load touched
-- grain: one row a set, written
-- reads: input_load_parameter_set
-- needs: staged_row
-- parameters: $1 load
insert into margin.input_load_parameter_set (load_id, parameter_set)
select $1, s.parameter_set
from staged_row as s
group by s.parameter_set
