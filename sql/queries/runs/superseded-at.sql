-- purpose: when a run was superseded
-- grain: one row, null where it was not
-- reads: run
-- parameters: $1 run
select to_char(r.superseded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as superseded_at
from margin.run as r
where r.run_id = $1
