-- purpose: the programs that hold the lock of a date and cycle
-- grain: one row a holder that said which program it is: machine and start, and process, as take-run-lock.sql takes them
-- order: process
-- reads: none
-- parameters: $1 lock key
select p.classid::bigint as machine_and_start, p.objid::bigint as process
from pg_locks as l
join pg_database as d on d.oid = l.database and d.datname = current_database()
join pg_locks as p on p.pid = l.pid and p.database = l.database and p.locktype = 'advisory' and p.objsubid = 2
where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and (l.classid::bigint << 32 | l.objid::bigint) = $1
order by p.objid::bigint
