-- purpose: the runs of a business date with what an operator asks about them first
-- grain: one row a run
-- order: cycle, run number
-- reads: run, run_reason
-- parameters: $1 business date
select r.run_id, r.cycle, r.run_number, r.status, r.parameter_set, r.pinned_load_id,
    concat_ws('; ', nullif(r.reason, ''), f.reasons) as reason, r.created_by,
    to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
    to_char(r.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at, r.published_by,
    extract(epoch from r.published_at)::bigint as published_epoch, r.awaits_review,
    to_char(r.superseded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as superseded_at
from margin.run as r
left join lateral (
    select string_agg(o.reason, '; ' order by o.place) as reasons
    from margin.run_reason as o
    where o.run_id = r.run_id
) as f on true
where r.business_date = $1
order by r.cycle, r.run_number
