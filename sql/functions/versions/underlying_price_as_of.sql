-- purpose: rows of underlying_price as a run of a cycle sees them: on its own date the cycle's, else the
--     settlement's.
-- after: 06-market
create or replace function margin.underlying_price_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.underlying_price language sql stable parallel safe as $$
    select p.*
    from margin.underlying_price_as_of(pin) as p
    where of_cycle = 'EOD' or p.business_date <> on_date
    union all
    select i.*
    from margin.intraday_underlying_price_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
comment on function margin.underlying_price_as_of(bigint, date, text) is
    'Rows of underlying_price as a run of a cycle sees them: on its own date the cycle''s, else the settlement''s.';
