-- purpose: whether a process is at work on a date and cycle
-- grain: one row: how many sessions hold the lock
-- reads: none
-- parameters: $1 lock key
select count(*) as holders
from pg_locks as l
join pg_database as d on d.oid = l.database
where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and d.datname = current_database()
    and (l.classid::bigint << 32 | l.objid::bigint) = $1
