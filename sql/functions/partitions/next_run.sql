-- purpose: the next number of a run.
-- after: 01-domains
create or replace function margin.next_run() returns bigint language sql volatile as $$
    select 1 + coalesce(pg_catalog.pg_sequence_last_value(pg_catalog.pg_get_serial_sequence('margin.run', 'run_id')::regclass), 0)
$$;
