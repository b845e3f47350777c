-- purpose: give back the lock of a date and cycle
-- grain: one row: whether this session held it
-- reads: none
-- parameters: $1 lock key, $2 machine and start of the program (null: not known), $3 its process
select pg_advisory_unlock($1) as was_held, pg_advisory_unlock_shared($2, $3) as was_named
