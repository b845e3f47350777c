-- purpose: whether anything is recorded of calls of nights before a date
-- grain: one row
-- reads: call_event
-- parameters: $1 pinned load, $2 business date
select exists (select from margin.call_event as e where e.load_id <= $1 and e.business_date <= $2) as is_followed
