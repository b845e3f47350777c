-- purpose: the first business date whose inputs a date from `runs_before` on needs: the one before it, in the
--     calendar as it is and as each run since has pinned it.
-- after: 01-domains
create or replace function margin.inputs_needed_from(runs_before date) returns date language sql stable as $$
    select min(n.needed)
    from (
        (select c.calendar_date as needed
            from margin.calendar_date_as_of(9223372036854775807) as c
            where c.is_business_day and c.calendar_date < runs_before
            order by c.calendar_date desc limit 1)
        union all
        select (select c.calendar_date from margin.calendar_date_as_of(r.pinned_load_id) as c
            where c.is_business_day and c.calendar_date < r.business_date
            order by c.calendar_date desc limit 1)
        from margin.run as r
        where r.business_date >= runs_before and r.pinned_load_id is not null
    ) as n
$$;
