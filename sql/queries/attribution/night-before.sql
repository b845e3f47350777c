-- purpose: the run that a run's figures are attributed against, and the one whose figures members were told first. A run that is
--     computed again is compared with what it was compared with: what it noted, else the newest that was opened before it and
--     published
-- grain: at most one row
-- order: run, newest first
-- reads: attribution_night, result_source, run
-- parameters: $1 business date, $2 run number, $3 business date before
with own as (
    select t.run_id
    from margin.run as t
    where t.business_date = $1 and t.cycle = 'EOD' and t.run_number = $2
),
noted as (
    select n.run_id_before
    from own as o
    cross join lateral margin.attribution_night_of(o.run_id) as n
),
published as (
    select r.run_id
    from margin.run as r
    where r.business_date = $3 and r.cycle = 'EOD' and r.status in ('published', 'superseded')
)
select r.run_id, r.run_number, r.parameter_set, r.pinned_load_id,
    (select min(p.run_id) from published as p) as first_run_id
from margin.run as r
join own as o on case when exists (select from noted as n) then r.run_id = (select n.run_id_before from noted as n)
    else r.run_id in (select p.run_id from published as p where p.run_id < o.run_id) end
order by r.run_id desc
limit 1
