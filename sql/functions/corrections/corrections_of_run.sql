-- purpose: A later snapshot is a correction of the one before: it is the affair of intraday runs of its date, and of
--     no other run.
-- after: 01-domains
create or replace function margin.corrections_of_run(which bigint)
    returns table (load_id bigint, is_override boolean, needs_approval boolean) language sql stable as $$
    with pinned as (
        select r.business_date, r.cycle, r.parameter_set, r.pinned_load_id,
            (select max(c.calendar_date) from margin.calendar_date_as_of(r.pinned_load_id) as c
                where c.calendar_date < r.business_date and c.is_business_day) as previous
        from margin.run as r
        where r.run_id = which
    )
    select l.load_id, o.is_override, o.is_override or margin.is_required('correction_approval')
    from pinned as p
    join margin.input_load as l on l.load_id <= p.pinned_load_id and l.kind = 'correction'
    cross join lateral (
        select exists (select from margin.input_load_parameter_set as s where s.load_id = l.load_id) as is_override
    ) as o
    where case
        when o.is_override then
            exists (select from margin.input_load_parameter_set as s
                where s.load_id = l.load_id and s.parameter_set = p.parameter_set)
            and exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date = p.business_date)
        when l.table_name like 'intraday\_%' then
            p.cycle = 'ITD' and exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and d.business_date = p.business_date)
        else
            not exists (select from margin.input_load_date as d where d.load_id = l.load_id)
            or exists (select from margin.input_load_date as d
                where d.load_id = l.load_id and (d.business_date in (p.business_date, p.previous)
                    or (l.table_name = 'risk_factor_level' and d.business_date < p.business_date)))
        end
$$;
