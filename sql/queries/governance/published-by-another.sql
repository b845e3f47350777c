-- purpose: whether the house wants a run published by another person than the session's
-- grain: one row
-- reads: governance_rule, run
-- parameters: $1 business date, $2 cycle, $3 run number
select margin.is_required('second_person_publishes') and exists (
    select from margin.run as r
    where r.business_date = $1 and r.cycle = $2 and r.run_number = $3 and r.created_by = session_user) as is_wanted
