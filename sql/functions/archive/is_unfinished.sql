-- purpose: whether a run may still be published: one that another run of its date has been published over never is.
-- after: 12-runs
create or replace function margin.is_unfinished(r margin.run) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select r.status = 'building' or r.status = 'complete' and not exists (
        select from margin.run as n
        where n.business_date = r.business_date and n.cycle = r.cycle and n.run_number > r.run_number
            and n.status in ('published', 'superseded'))
$$;
comment on function margin.is_unfinished is
    'Whether a run is being built, or complete and may still be published: no newer one of its date and cycle has been.';
