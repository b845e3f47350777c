-- purpose: what a correction touches is what its row is of, found by who holds it before anything else is looked at.

-- As before, but a row of a combined commodity is not taken for one of its scenario set.
create or replace function margin.touched_series(pin bigint, loads bigint[])
    returns table (load_id bigint, row_key text, series text) language sql stable as $$
    with corrected as (
        select r.load_id, r.row_key, r.cells, r.cells ? 'account' as is_of_account
        from margin.corrected_row as r
        where r.load_id = any (loads)
    ),
    commodity as materialized (
        select k.load_id, k.row_key, k.cells ->> 'combined_commodity' as combined_commodity
        from corrected as k
        where k.cells ? 'combined_commodity'
        union
        select k.load_id, k.row_key, m.combined_commodity
        from corrected as k
        join margin.combined_commodity_margin as m on m.parameter_set = k.cells ->> 'parameter_set'
            and m.scenario_set = k.cells ->> 'scenario_set'
        where not k.cells ? 'combined_commodity'
        union
        select k.load_id, k.row_key, l.combined_commodity
        from corrected as k
        join margin.inter_spread_leg as l on l.parameter_set = k.cells ->> 'parameter_set' and l.spread = k.cells ->> 'spread'
        where not k.cells ? 'combined_commodity'
    ),
    -- One look at all series, which are many, for what the corrected rows name.
    named (kind, code) as materialized (
        select 'instrument', coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
        from corrected as k
        union
        select 'combined_commodity', k.combined_commodity from commodity as k
        union
        select 'contract', k.cells ->> 'contract' from corrected as k
        union
        select 'rate', k.cells ->> 'rate_code' from corrected as k
        union
        select 'all', '' from corrected as k where k.cells ? 'parameter_set'
    ),
    listed as materialized (
        select s.series::text, s.contract::text, s.underlying::text, s.second_underlying::text,
            c.combined_commodity::text, c.discount_rate_code::text, c.carry_rate_code::text
        from margin.series_as_of(pin) as s
        join margin.contract_as_of(pin) as c on c.contract = s.contract
        where s.series in (select n.code from named as n where n.kind = 'instrument')
            or s.underlying in (select n.code from named as n where n.kind = 'instrument')
            or s.second_underlying in (select n.code from named as n where n.kind = 'instrument')
            or c.combined_commodity in (select n.code from named as n where n.kind = 'combined_commodity')
            or c.contract in (select n.code from named as n where n.kind = 'contract')
            or c.discount_rate_code in (select n.code from named as n where n.kind = 'rate')
            or c.carry_rate_code in (select n.code from named as n where n.kind = 'rate')
            or exists (select from named as n where n.kind = 'all')
    )
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.series = coalesce(k.cells ->> 'series', k.cells ->> 'instrument')
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l
        on l.underlying = coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
    where not k.is_of_account
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l
        on l.second_underlying = coalesce(k.cells ->> 'series', k.cells ->> 'instrument', k.cells ->> 'underlying')
    where not k.is_of_account
    union
    select k.load_id, k.row_key, l.series
    from commodity as k
    join listed as l on l.combined_commodity = k.combined_commodity
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.contract = k.cells ->> 'contract'
    where not k.cells ? 'series'
    union
    -- A parameter row that names none of these holds for all of them.
    select k.load_id, k.row_key, l.series
    from corrected as k
    cross join listed as l
    where k.cells ? 'parameter_set' and not k.cells ?| array['combined_commodity', 'scenario_set', 'spread', 'account_class',
        'asset', 'contract', 'to_currency']
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.discount_rate_code = k.cells ->> 'rate_code'
    union
    select k.load_id, k.row_key, l.series
    from corrected as k
    join listed as l on l.carry_rate_code = k.cells ->> 'rate_code'
$$;

-- As before, but for `held`: joined with every account first, a row that touches four thousand series of a house of a hundred
-- thousand accounts made four hundred million pairs.
create or replace function margin.touched_account(pin bigint, loads bigint[], on_date date, previous date)
    returns table (load_id bigint, row_key text, account text, member text) language sql stable as $$
    with corrected as (
        select r.load_id, r.row_key, r.cells
        from margin.corrected_row as r
        where r.load_id = any (loads)
    ),
    listed as (
        select a.account::text, a.member::text, a.account_class::text, a.call_currency::text
        from margin.account_as_of(pin) as a
    ),
    named as materialized (
        select t.load_id, t.row_key, t.series
        from margin.touched_series(pin, loads) as t
    ),
    -- Of the series and assets in question alone: the book is large, and corrections are few.
    holder as (
        select p.account::text, p.series::text
        from margin.position_as_of(pin) as p
        where p.business_date in (on_date, previous) and (p.long_quantity <> 0 or p.short_quantity <> 0)
            and p.series in (select n.series from named as n)
        union
        select t.account::text, t.series::text
        from margin.trade_as_of(pin) as t
        where t.business_date = on_date and t.series in (select n.series from named as n)
    ),
    held as materialized (
        select t.load_id, t.row_key, h.account
        from named as t
        join holder as h on h.series = t.series
    ),
    poster as (
        select distinct h.account::text, h.asset::text
        from margin.collateral_holding_as_of(pin) as h
        where h.business_date = on_date and h.quantity <> 0
            and h.asset in (select k.cells ->> 'asset' from corrected as k)
    ),
    touched as (
        select k.load_id, k.row_key, k.cells ->> 'account' as account
        from corrected as k
        where k.cells ? 'account'
        union
        select h.load_id, h.row_key, h.account
        from held as h
        join corrected as k on k.load_id = h.load_id and k.row_key = h.row_key
        join listed as a on a.account = h.account
        where not k.cells ? 'account' and coalesce(k.cells ->> 'account_class', a.account_class) = a.account_class
        union
        select k.load_id, k.row_key, h.account
        from corrected as k
        join poster as h on h.asset = k.cells ->> 'asset'
        where not k.cells ? 'account'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.account_class = k.cells ->> 'account_class'
        where not k.cells ? 'combined_commodity' and not k.cells ? 'account'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.call_currency = k.cells ->> 'to_currency'
        union
        select k.load_id, k.row_key, a.account
        from corrected as k
        join listed as a on a.member = k.cells ->> 'member'
        where not k.cells ? 'account'
    )
    select t.load_id, t.row_key, t.account, a.member
    from touched as t
    left join listed as a on a.account = t.account
$$;
