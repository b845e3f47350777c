-- purpose: let a login read, correct, propose and approve
-- grain: one row: whether the login is new
-- reads: account, calendar_date, calibration_bound, calibration_figure, call_event, corrected_row,
--     correction_approval, currency, execution, finding_waiver, input_column, input_load, input_load_date,
--     input_load_parameter_set, margin_call, parameter_set, parameter_set_approval, rejected_row, run,
--     variation_margin_owed, waiver_approval
-- parameters: $1 login
select margin.admit_person($1)
