-- purpose: who the house is on a date and when a run was published, as every message says
-- grain: at most one row
-- order: effective from, the latest first
-- reads: house, run
-- parameters: $1 run, $2 pinned load, $3 business date
select h.lei, to_char(r.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at
from margin.run as r
left join margin.house_as_of($2) as h on h.effective_from <= $3
where r.run_id = $1
order by h.effective_from desc
limit 1
