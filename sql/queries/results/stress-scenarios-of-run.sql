-- purpose: how many value columns the reports of stress need
-- grain: one row
-- reads: cover_two, result_source
-- parameters: $1 = run_id (bigint)
select coalesce(max(c.scenario_number), 0)::bigint as scenario_count
from margin.cover_two_of($1) as c
