-- purpose: waive the findings of a rule about a row, as the session's login
-- grain: one row: the load
-- reads: finding_waiver, input_load, input_load_date
-- parameters: $1 business date, $2 cycle, $3 rule, $4 row key, $5 tables, $6 columns, $7 values, $8 reason
select margin.waive_finding($1, $2, $3, $4, $5, $6, $7, $8) as load_id
