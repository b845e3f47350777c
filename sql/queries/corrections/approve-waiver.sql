-- purpose: approve the waivers of a load, as the session's login
-- grain: one row, empty
-- reads: input_load, waiver_approval
-- parameters: $1 load, $2 reason
select margin.approve_waiver($1, $2)::text
