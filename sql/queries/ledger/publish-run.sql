-- purpose: move the pointer: readers see this run from here on
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 run
update margin.run
set status = 'published', published_by = session_user, published_at = clock_timestamp()
where run_id = $1 and status = 'complete'
