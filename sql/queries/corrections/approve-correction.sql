-- purpose: approve a correction, as the session's login
-- grain: one row, empty
-- reads: correction_approval, input_load
-- parameters: $1 correction, $2 reason
select margin.approve_correction($1, $2)::text
