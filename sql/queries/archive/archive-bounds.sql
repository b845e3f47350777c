-- purpose: what may be archived before a date: how far nights are published, what is unfinished, what is archived already
-- grain: one row
-- reads: calendar_date, run, standing_archive
-- parameters: $1 date
select (select max(r.business_date) from margin.run as r where r.status = 'published') as newest_published,
    margin.inputs_needed_from($1) as inputs_before,
    (select min(format('%s %s run %s', r.business_date, r.cycle, r.run_number)) from margin.run as r
        where r.business_date < $1 and margin.is_unfinished(r)) as unfinished,
    a.archive, a.runs_before, a.folder, a.manifest_sha256
from (select 1) as one
left join lateral (
    select s.archive, s.runs_before, s.folder, s.manifest_sha256
    from margin.standing_archive as s
    order by s.archive desc
    limit 1
) as a on true
