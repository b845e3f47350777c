-- purpose: record which parameter sets a load touched
-- grain: one row a set, written
-- reads: input_load_parameter_set
-- parameters: $1 load, $2 sets
insert into margin.input_load_parameter_set (load_id, parameter_set)
select $1, s.parameter_set
from unnest($2::text[]) as s (parameter_set)
