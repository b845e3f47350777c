-- purpose: keep what the values of a proposed parameter set follow from
-- grain: one row, empty
-- reads: parameter_set, parameter_set_approval
-- parameters: $1 parameter set, $2 calibration date, $3 figures, $4 bounds, both JSON arrays
select margin.record_calibration($1, $2, $3::text::jsonb, $4::text::jsonb)::text
