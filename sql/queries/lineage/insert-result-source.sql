-- purpose: name the runs that hold a stage's results of a run: itself where it computes, and its base's sources where it
--     refers to them
-- grain: one row a source
-- reads: result_source
-- parameters: $1 run, $2 stage, $3 whether it computes, $4 base run whose results it refers to (null if none)
insert into margin.result_source (run_id, stage, source_run_id)
select $1::bigint, $2::text, $1::bigint
where $3
union
select $1::bigint, $2::text, s.source_run_id
from margin.result_source as s
where s.run_id = $4 and s.stage = $2
