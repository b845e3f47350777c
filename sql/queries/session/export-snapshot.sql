-- purpose: name what the transaction sees, so that one of another session can see the same until this one ends
-- grain: one row: the name
-- reads: none
-- parameters: none
select pg_export_snapshot() as snapshot
