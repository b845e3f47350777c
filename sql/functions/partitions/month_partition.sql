-- purpose: month_partition
-- after: 01-domains
create or replace function margin.month_partition(target text, day date) returns text language sql stable as $$
    select target || to_char(day, '_YYYY_MM')
$$;
