-- purpose: the overrides that a run found ended by its parameter set
-- grain: one row a finding
-- order: number
-- reads: computed_part, finding, result_source
-- parameters: $1 run
select f.message
from margin.finding_of($1) as f
where f.rule = 'override_ended'
order by f.finding
