-- purpose: propose a parameter set that is another with some cells changed
-- grain: one row, the load that brought it
-- reads: input_column, input_load, input_load_parameter_set, parameter_set
-- parameters: $1 parameter set, $2 the set it starts from, $3 first business date, $4 reason, $5 changes as a JSON array
select margin.propose_parameter_set($1, $2, $3, $4, $5::text::jsonb)
