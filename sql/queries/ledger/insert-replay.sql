-- purpose: open a run that computes again what another pinned; it is void, and its transaction is rolled back
-- grain: one row: its id
-- reads: run, run_input
-- parameters: $1 run to replay
with replay as (
    insert into margin.run (business_date, cycle, run_number, status, parameter_set, pinned_load_id, reason,
        created_by, created_at)
    select r.business_date, r.cycle, r.run_number + 1000000, 'void', r.parameter_set, r.pinned_load_id, 'verification',
        r.created_by, r.created_at
    from margin.run as r
    where r.run_id = $1
    returning run_id
),
input as (
    insert into margin.run_input (run_id, table_name, version, row_count)
    select p.run_id, i.table_name, i.version, i.row_count
    from replay as p
    cross join margin.run_input as i
    where i.run_id = $1
)
select p.run_id
from replay as p
