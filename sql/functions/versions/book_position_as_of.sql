-- purpose: the positions in the book on the evening of a date: what is not nothing and does not settle finally on it.
--     Grain: as position.
-- after: 06-market
create or replace function margin.book_position_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.position language sql stable parallel safe as $$
    select p.*
    from margin.position_as_of(pin) as p
    where p.business_date = on_date and p.cycle = of_cycle and (p.long_quantity <> 0 or p.short_quantity <> 0)
        and not exists (select from margin.final_price_as_of(pin, on_date, of_cycle) as f where f.series = p.series)
$$;
comment on function margin.book_position_as_of is
    'The positions in the book on the evening of a date: what is not nothing and does not settle finally on it. Grain: as position.';
