-- purpose: approve a parameter set, as the session's login
-- grain: one row, empty
-- parameters: $1 parameter set, $2 reason
select margin.approve_parameter_set($1, $2)::text
