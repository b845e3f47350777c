-- purpose: leave a run being built to margin publish
-- grain: one row a run, updated
-- reads: run
-- parameters: $1 run
update margin.run
set awaits_review = true
where run_id = $1 and not awaits_review
