-- purpose: open a run
-- grain: one row: its id and number
-- reads: run
-- parameters: $1 business date, $2 cycle, $3 reason, $4 base run (null if none), $5 whether it awaits review
insert into margin.run (business_date, cycle, run_number, status, reason, base_run_id, awaits_review)
select $1, $2, 1 + coalesce(max(r.run_number), 0), 'building', $3, $4, $5
from margin.run as r
where r.business_date = $1 and r.cycle = $2
returning run_id, run_number
