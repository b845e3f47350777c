-- purpose: note which rules of the data gates a run looked at itself
-- grain: one row a rule
-- reads: computed_part
-- parameters: $1 run, $2 rules
insert into margin.computed_part (run_id, stage, part_kind, part, is_changed)
select $1, 'ingest', 'rule', r.rule, true
from unnest($2::text[]) as r (rule)
