-- purpose: approve a correction, as the session's login
-- grain: one row, empty
-- parameters: $1 correction, $2 reason
select margin.approve_correction($1, $2)::text
