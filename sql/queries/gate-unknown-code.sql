-- purpose: positions and trades must name a known account, owner and series; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with book as materialized (
    select 'position' as table_name, p.account, p.owner, p.series, p.load_id, p.source_line,
        p.account || ', ' || p.owner || ', ' || p.series as row_key
    from margin.position_as_of($1) as p
    where p.business_date = $2 and p.cycle = $4 and (p.long_quantity <> 0 or p.short_quantity <> 0)
        and (not exists (select from margin.account_as_of($1) as a where a.account = p.account)
            or not exists (select from margin.series_as_of($1) as s where s.series = p.series)
            or (p.owner <> '' and not exists (select from margin.beneficial_owner_as_of($1) as o
                where o.account = p.account and o.owner = p.owner)))
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
