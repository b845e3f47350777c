-- purpose: which accounts each row of a correction touches on a business date: the account it names; those that hold
--     a touched series at the end of that day or of the one before, or traded it on the day, of the account class it
--     names if it names one; those that post the asset; those of the class, where it names no series; those called in
--     a currency it names. As before, but for `held`: joined with every account first, a row that touches four
--     thousand series of a house of a hundred thousand accounts made four hundred million pairs.
-- after: 01-domains
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
