-- purpose: attaches a month that `margin.make_month_to_fill` made: keys are built and rows compared once.
-- after: 01-domains
create or replace function margin.attach_month(target text, day date) returns void language sql as $$
    select margin.attach_partition(target, margin.month_partition(target, day), date_trunc('month', day)::date::text,
        (date_trunc('month', day) + interval '1 month')::date::text)
$$;
revoke execute on function margin.attach_month from public;
