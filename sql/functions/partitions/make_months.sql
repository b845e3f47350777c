-- purpose: makes the months of a table that dates fall into, if it has any.
-- after: 01-domains
create or replace function margin.make_months(target text, days date[]) returns void language plpgsql as $$
declare
    month date;
begin
    if not exists (select from pg_catalog.pg_partitioned_table as t
            where t.partrelid = pg_catalog.to_regclass(format('margin.%I', target))) then
        return;
    end if;
    if exists (select from unnest(days) as d (day) where d.day not between '0001-01-01' and '9999-12-31') then
        raise exception 'a business date is outside the years 1 to 9999' using errcode = '22008';
    end if;
    lock table margin.input_load in share row exclusive mode;
    for month in select distinct date_trunc('month', d.day)::date from unnest(days) as d (day) where d.day is not null order by 1
    loop
        perform margin.make_partition(target, margin.month_partition(target, month), month::text,
            (month + interval '1 month')::date::text);
    end loop;
end
$$;
revoke execute on function margin.make_months from public;
