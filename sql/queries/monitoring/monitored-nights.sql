-- purpose: the nights that a run is compared with: of each business date before its own the newest run opened before it that was
--     published, so that a run that is computed again is compared with the same
-- grain: one row a business date
-- order: business date, newest first
-- reads: run
-- parameters: $1 business date, $2 cycle, $3 run number, $4 nights
select n.run_id, n.business_date, n.parameter_set, n.pinned_load_id
from (
    select distinct on (r.business_date) r.run_id, r.business_date, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.cycle = $2 and r.business_date < $1 and r.status in ('published', 'superseded')
        and r.run_id < (select t.run_id from margin.run as t
            where t.business_date = $1 and t.cycle = $2 and t.run_number = $3)
    order by r.business_date desc, r.run_id desc
    limit $4
) as n
order by n.business_date desc
