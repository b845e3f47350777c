-- purpose: take the lock of a date and cycle without waiting, and say beside it which program does
-- grain: one row: whether this session holds it now
-- reads: none
-- parameters: $1 lock key, $2 machine and start of the program (null: not known), $3 its process
select case when pg_try_advisory_lock($1) then coalesce(pg_try_advisory_lock_shared($2, $3), true) else false end as is_taken
