-- purpose: waive a finding, as the session's login
-- grain: one row: the load
-- reads: finding_waiver, input_load, input_load_date
-- parameters: $1 business date, $2 rule, $3 row key, $4 reason
select margin.waive_finding($1, $2, $3, $4) as load_id
