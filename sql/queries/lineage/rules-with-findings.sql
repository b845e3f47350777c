-- purpose: the rules that found something, as a run sees its findings
-- grain: one row a rule
-- order: rule
-- reads: computed_part, finding, result_source
-- parameters: $1 run
select distinct f.rule
from margin.finding_of($1) as f
order by f.rule
