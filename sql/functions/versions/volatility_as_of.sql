-- purpose: rows of volatility as a run of a cycle sees them: on its own date the cycle's, else the settlement's.
-- after: 06-market
create or replace function margin.volatility_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.volatility language sql stable parallel safe as $$
    select v.*
    from margin.volatility_as_of(pin) as v
    where of_cycle = 'EOD' or v.business_date <> on_date
    union all
    select i.*
    from margin.intraday_volatility_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
comment on function margin.volatility_as_of(bigint, date, text) is
    'Rows of volatility as a run of a cycle sees them: on its own date the cycle''s, else the settlement''s.';
