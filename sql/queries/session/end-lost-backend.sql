-- purpose: end the server's process of a connection that was lost, while it holds the lock of its date and cycle
-- grain: one row: how many processes were ended
-- reads: none
-- parameters: $1 lock key, $2 the server's process
select count(*) filter (where pg_terminate_backend(l.pid)) as ended
from pg_locks as l
join pg_database as d on d.oid = l.database
where l.locktype = 'advisory' and d.datname = current_database() and l.pid = $2
    and l.objsubid = 1 and (l.classid::bigint << 32 | l.objid::bigint) = $1
