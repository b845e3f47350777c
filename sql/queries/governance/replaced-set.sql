-- purpose: the approved parameter set that a set takes the place of
-- grain: one row, null where it is the first
-- reads: parameter_set, parameter_set_approval
-- parameters: $1 parameter set
select margin.replaced_set($1, 9223372036854775807) as parameter_set
