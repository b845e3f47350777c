-- purpose: when each stage and the publication last succeeded, for any business date
-- grain: one row a cycle and stage; the publication is the stage publish
-- order: cycle, stage
-- reads: execution, run
-- parameters: none
select s.cycle, s.stage, max(s.ended_epoch) as last_success
from (
    select r.cycle::text as cycle, e.stage, extract(epoch from e.ended_at)::numeric(16, 3) as ended_epoch
    from margin.execution as e
    join margin.run as r on r.run_id = e.run_id
    where e.status = 'succeeded'
    union all
    select r.cycle::text, 'publish', extract(epoch from r.published_at)::numeric(16, 3)
    from margin.run as r
    where r.published_at is not null
) as s
group by s.cycle, s.stage
order by s.cycle collate "C", s.stage collate "C"
