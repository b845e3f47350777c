-- purpose: begin an execution
-- grain: one row: its id
-- reads: execution
-- parameters: $1 run, $2 stage, $3 numbers version, $4 build version
insert into margin.execution (run_id, stage, status, numbers_version, build_version)
values ($1, $2, 'running', $3, $4)
returning execution_id
