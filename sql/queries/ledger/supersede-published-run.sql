-- purpose: take the published mark from the end-of-day run that a new one replaces; intraday runs keep theirs
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 business date, $2 cycle
update margin.run
set status = 'superseded'
where business_date = $1 and cycle = $2 and cycle <> 'ITD' and status = 'published'
