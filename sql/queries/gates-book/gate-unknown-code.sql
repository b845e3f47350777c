-- purpose: positions and trades must name a known account, owner and series; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, beneficial_owner, contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: held_series, holding_account, listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with unknown_series as materialized (
    select h.series
    from held_series as h
    where h.is_held and not exists (select from listed_series as s where s.series = h.series)
), unknown_holder as materialized (
    select h.account, h.owner
    from holding_account as h
    where h.is_holding and not (h.is_known and h.is_owner_known)
), book as materialized (
    select 'position' as table_name, p.account, p.owner, p.series, p.load_id, p.source_line,
        p.account || ', ' || p.owner || ', ' || p.series as row_key
    from margin.book_position_as_of($1, $2, $4) as p
    where (exists (select from unknown_series) or exists (select from unknown_holder))
        and (p.series in (select u.series from unknown_series as u)
            or (p.account, p.owner) in (select u.account, u.owner from unknown_holder as u))
    union all
    select 'trade', t.account, t.owner, t.series, t.load_id, t.source_line, t.trade
    from margin.trade_as_of($1) as t
    where t.business_date = $2
        and (not exists (select from margin.account_as_of($1) as a where a.account = t.account)
            or not exists (select from margin.series_as_of($1) as s where s.series = t.series)
            or (t.owner <> '' and not exists (select from margin.beneficial_owner_as_of($1) as o
                where o.account = t.account and o.owner = t.owner)))
)
select b.table_name, b.row_key, b.load_id, b.source_line, c.column_name, c.value,
    'unknown ' || c.column_name || ' ' || c.value as message
from book as b
cross join lateral (values
    ('account', b.account, exists (select from margin.account_as_of($1) as a where a.account = b.account)),
    ('series', b.series, exists (select from margin.series_as_of($1) as s where s.series = b.series)),
    ('owner', b.owner, b.owner = '' or exists (select from margin.beneficial_owner_as_of($1) as o
        where o.account = b.account and o.owner = b.owner))
) as c (column_name, value, is_known)
where not c.is_known
order by row_key, column_name
