-- purpose: what settles finally on a date, and what is in the book on its evening: one definition for whatever reads positions.

-- A final price counts on the date it is for. An option without one of its own settles with its underlying; averages and
-- differences settle to their own row alone. Nothing settles in an intraday run: it sees no final price of its date.
create function margin.final_price_as_of(pin bigint, on_date date, of_cycle text)
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
comment on function margin.final_price_as_of(bigint, date, text) is
    'The series that settle finally on a date, each with its final settlement price: of an option, its underlying''s. Grain: one row a series.';

create function margin.book_position_as_of(pin bigint, on_date date, of_cycle text)
    returns setof margin.position language sql stable parallel safe as $$
    select p.*
    from margin.position_as_of(pin) as p
    where p.business_date = on_date and p.cycle = of_cycle and (p.long_quantity <> 0 or p.short_quantity <> 0)
        and not exists (select from margin.final_price_as_of(pin, on_date, of_cycle) as f where f.series = p.series)
$$;
comment on function margin.book_position_as_of(bigint, date, text) is
    'The positions in the book on the evening of a date: what is not nothing and does not settle finally on it. Grain: as position.';

-- As before, of the book.
create or replace view margin.position_greeks with (security_invoker = true) as
select r.run_id, p.account, p.owner, p.series, p.long_quantity - p.short_quantity as quantity,
    f.factor * a.delta as delta, f.factor * a.gamma as gamma, f.factor * a.vega as vega, f.factor * a.theta as theta,
    f.factor * a.rho as rho
from margin.run as r
cross join lateral margin.book_position_as_of(r.pinned_load_id, r.business_date, r.cycle) as p
join lateral margin.risk_array_of(r.run_id) as a on a.series = p.series
cross join lateral margin.series_as_of(r.pinned_load_id) as s
cross join lateral margin.contract_as_of(r.pinned_load_id) as c
cross join lateral (
    select (p.long_quantity - p.short_quantity)
        * case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
) as f
where s.series = p.series and c.contract = s.contract;

comment on table margin.position is
    'Open positions at the end of the cycle; what settles finally on the date may still be among them and is not in the book. Grain: one row a business date, cycle, account, owner, series and revision.';
comment on column margin.series.expiry_date is
    'Day the series expires; it stays in the book until it settles finally. Never null for an option.';
comment on column margin.settlement_price.price_kind is
    'settlement, or final: the price the series settles to, dated the business date on which it does.';
