-- purpose: whole units of delta, as arrays hold them, as a delta: 12345 is 1.2345.
-- after: 01-domains
create or replace function margin.delta_of_units(units bigint) returns margin.delta
    language sql immutable parallel safe as $$
    select (units * 0.0001)::margin.delta
$$;
