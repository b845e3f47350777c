-- purpose: the prices a run of a cycle works with: on its own date the cycle's, on every other the settlement's.
-- after: 06-market
create or replace function margin.settlement_price_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.settlement_price language sql stable parallel safe as $$
    select p.*
    from margin.settlement_price_as_of(pin) as p
    where of_cycle = 'EOD' or p.business_date <> on_date
    union all
    select i.business_date, i.series, i.price, i.currency, 'settlement', i.last_quoted_on, i.withdrawn, i.revision, i.load_id,
        i.source_line
    from margin.intraday_settlement_price_as_of(pin) as i
    where of_cycle = 'ITD' and i.business_date = on_date
$$;
comment on function margin.settlement_price_as_of(bigint, date, text) is
    'Rows of settlement_price as a run of a cycle sees them: on its own date the cycle''s, else the settlement''s.';
