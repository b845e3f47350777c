-- purpose: let a login read, correct, propose and approve
-- grain: one row: whether the login is new
-- reads: calendar_date, calibration_bound, calibration_figure, corrected_row, correction_approval, execution,
--     finding_waiver, input_column, input_load, input_load_date, input_load_parameter_set, parameter_set,
--     parameter_set_approval, rejected_row, run, waiver_approval
-- parameters: $1 login
select margin.admit_person($1)
