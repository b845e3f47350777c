-- purpose: which series each row of a correction touches, as a run sees them that pinned `pin`: the series itself;
--     the options on it where its price or volatility is corrected; every series of a combined commodity, contract,
--     rate or scenario set; all of them, where a parameter row names none of these. As before, but a row of a
--     combined commodity is not taken for one of its scenario set.
-- after: 01-domains
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
