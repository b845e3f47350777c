-- purpose: block_partition
-- after: 01-domains
create or replace function margin.block_partition(target text, run bigint) returns text language sql immutable as $$
    select target || '_from_' || margin.block_of(run)
$$;
