-- purpose: which reports the house wants on a date beside those that are always written
-- grain: at most one row
-- order: effective from, the latest first
-- reads: house
-- parameters: $1 pinned load, $2 business date
select h.wants_tomorrow, h.wants_pages, h.wants_attribution, h.calls_due
from margin.house_as_of($1) as h
where h.effective_from <= $2
order by h.effective_from desc
limit 1
