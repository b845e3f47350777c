-- purpose: the night that a run's figures were attributed against, and what kept them from being
-- grain: at most one row
-- reads: attribution_night, result_source, run
-- parameters: $1 run
select n.business_date_before, r.run_number, n.refusal
from margin.attribution_night_of($1) as n
left join margin.run as r on r.run_id = n.run_id_before
