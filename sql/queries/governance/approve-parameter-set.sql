-- purpose: approve a parameter set, as the session's login
-- grain: one row, empty
-- reads: input_load, input_load_parameter_set, parameter_set, parameter_set_approval
-- parameters: $1 parameter set, $2 reason
select margin.approve_parameter_set($1, $2)::text
