-- purpose: let a stage's results of the base stand for a run with the same inputs
-- grain: one row an execution, written
-- reads: execution
-- parameters: $1 run, $2 stage, $3 base run
insert into margin.execution (run_id, stage, status, fingerprint, numbers_version, build_version, ended_at, row_count,
    reused_execution_id)
select $1, e.stage, 'succeeded', e.fingerprint, e.numbers_version, e.build_version, clock_timestamp(), 0,
    coalesce(e.reused_execution_id, e.execution_id)
from margin.execution as e
where e.run_id = $3 and e.stage = $2 and e.status = 'succeeded'
