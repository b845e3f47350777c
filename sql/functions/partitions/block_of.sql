-- purpose: where a row of a table stands: results by the block of its run, inputs by the month of its date.
-- after: 01-domains
create or replace function margin.block_of(run bigint) returns bigint language sql immutable as $$ select run / 64 * 64 $$;
