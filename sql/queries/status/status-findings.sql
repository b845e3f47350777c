-- purpose: what the data gates found in a run, counted
-- grain: one row a rule and severity
-- order: severity (block first), rule
-- reads: computed_part, finding, result_source
-- parameters: $1 run
select f.rule, f.severity, count(*) as findings, count(f.waiver_reason) as waived
from margin.finding_of($1) as f
group by f.rule, f.severity
order by f.severity, f.rule collate "C"
