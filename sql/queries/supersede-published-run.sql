-- purpose: take the published mark from the run that a new one replaces
-- grain: one row a run, updated
-- parameters: $1 business date, $2 cycle
update margin.run
set status = 'superseded'
where business_date = $1 and cycle = $2 and status = 'published'
