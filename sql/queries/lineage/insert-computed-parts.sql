-- purpose: note the parts of a stage's results that a run holds itself, because they differ from its base's
-- grain: one row a part
-- reads: computed_part
-- parameters: $1 run, $2 stage, $3 part kind, $4 parts
insert into margin.computed_part (run_id, stage, part_kind, part, is_changed)
select $1, $2, $3, p.part, true
from unnest($4::text[]) as p (part)
