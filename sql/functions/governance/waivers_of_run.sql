-- purpose: the waivers without which a run would have been stopped, and whether another person must still approve
--     them.
-- after: 01-domains
create or replace function margin.waivers_of_run(which bigint) returns table (load_id bigint, needs_approval boolean)
    language sql stable as $$
    select w.load_id, margin.is_required('waiver_approval')
            and not exists (select from margin.waiver_approval as a where a.waiver = w.load_id)
            and not exists (select from margin.correction_approval as c where c.load_id = w.load_id)
    from margin.run as r
    cross join lateral margin.finding_of(r.run_id) as f
    join margin.finding_waiver_as_of(r.pinned_load_id) as w
        on w.business_date = r.business_date and w.cycle = r.cycle and w.rule = f.rule and w.table_name = f.table_name
        and w.row_key = f.row_key and w.column_name = f.column_name and w.value = f.value
    where r.run_id = which and f.severity = 'block' and f.waiver_reason is not null
    group by w.load_id
$$;
comment on function margin.waivers_of_run is
    'The waivers that let a run pass its data gates. Grain: one row a load of waivers.';
