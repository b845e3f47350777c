-- purpose: the newest business date of each cycle that has a run that was not given up, a computed one, a published one
--     and any run
-- grain: one row a cycle that has a run
-- order: cycle
-- reads: run
-- parameters: none
select r.cycle::text as cycle, max(r.business_date) filter (where r.status <> 'void') as newest_date,
    max(r.business_date) filter (where r.status in ('complete', 'published')) as computed_date,
    max(r.business_date) filter (where r.status = 'published') as published_date,
    max(r.business_date) as begun_date
from margin.run as r
group by r.cycle
order by r.cycle collate "C"
