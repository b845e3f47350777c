-- purpose: makes the block of a run in one table of results. The caller has locked the register of runs.
-- after: 01-domains
create or replace function margin.make_block(target text, run bigint) returns void language sql as $$
    select margin.make_partition(target, margin.block_partition(target, run), margin.block_of(run)::text,
        (margin.block_of(run) + 64)::text)
$$;
revoke execute on function margin.make_block from public;
