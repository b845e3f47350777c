-- purpose: A final price counts on the date it is for. An option without one of its own settles with its underlying;
--     averages and differences settle to their own row alone. Nothing settles in an intraday run: it sees no final
--     price of its date.
-- after: 01-domains
create or replace function margin.final_price_as_of(pin bigint, on_date date, of_cycle text)
    returns table (series margin.code, price margin.exact) language sql stable parallel safe as $$
    with stated as materialized (
        select p.series, p.price
        from margin.settlement_price_as_of(pin, on_date, of_cycle) as p
        where p.business_date = on_date and p.price_kind = 'final'
    )
    select f.series, f.price
    from stated as f
    union all
    select s.series, f.price
    from stated as f
    join margin.series_as_of(pin) as s on s.underlying = f.series
    join margin.contract_as_of(pin) as c on c.contract = s.contract
    where c.kind = 'option' and c.option_model not in ('average_price', 'spread')
        and not exists (select from stated as o where o.series = s.series)
$$;
comment on function margin.final_price_as_of is
    'The series that settle finally on a date, each with its final settlement price: of an option, its underlying''s. Grain: one row a series.';
