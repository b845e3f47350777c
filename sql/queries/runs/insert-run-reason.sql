-- purpose: keep a further reason of a run, unless it is one of those it has
-- grain: one row, written, or none
-- reads: run, run_reason
-- parameters: $1 run, $2 reason
insert into margin.run_reason (run_id, place, reason)
select r.run_id, 1 + coalesce((select max(o.place) from margin.run_reason as o where o.run_id = r.run_id), 0), $2
from margin.run as r
where r.run_id = $1 and r.reason <> $2
    and not exists (select from margin.run_reason as o where o.run_id = r.run_id and o.reason = $2)
