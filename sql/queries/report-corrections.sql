-- purpose: the corrections and overrides that touch a member's accounts, for the report corrections
-- grain: one row a member, correction, row and column
-- order: member, correction, row, column
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.pinned_load_id, r.created_at,
        (select max(d.calendar_date) from margin.calendar_date_as_of(r.pinned_load_id) as d
            where d.calendar_date < r.business_date and d.is_business_day) as previous
    from margin.run as r
    where r.run_id = $1
),
used as (
    select array_agg(c.load_id) as loads
    from margin.corrections_of_run($1) as c
),
touched as (
    select t.member, t.load_id, t.row_key, count(distinct t.account) as accounts
    from pinned as p
    cross join used as u
    cross join lateral margin.touched_account(p.pinned_load_id, u.loads, p.business_date, p.previous) as t
    where t.member is not null
    group by t.member, t.load_id, t.row_key
)
select
    t.member as member,
    c.load_id::bigint as correction,
    case when c.is_override then 'override' else 'correction' end as kind,
    l.table_name::text as table_name,
    r.row_key as row_key,
    coalesce(f.column_name, '') as column_name,
    f.before_value as before_value,
    f.after_value as after_value,
    r.valid_from as valid_from,
    r.expires_on as expires_on,
    l.reason as reason,
    l.loaded_by as corrected_by,
    a.approved_by as approved_by,
    t.accounts as accounts
from pinned as p
cross join lateral margin.corrections_of_run(p.run_id) as c
join margin.input_load as l on l.load_id = c.load_id
join margin.corrected_row as r on r.load_id = c.load_id
left join margin.corrected_cell as f on f.load_id = r.load_id and f.row_key = r.row_key
-- What was approved after the run was opened is not in its reports: a replay would show more than the run did.
left join margin.correction_approval as a on a.load_id = c.load_id and a.approved_at <= p.created_at
join touched as t on t.load_id = r.load_id and t.row_key = r.row_key
order by t.member collate "C", c.load_id, r.row_key collate "C", f.column_name collate "C"
