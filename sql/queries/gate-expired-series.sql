-- purpose: a series that expired before the business date has left the book; a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with expired as materialized (
    select h.series, s.expiry_date
    from held_series as h
    join margin.series_as_of($1) as s on s.series = h.series
    where h.business_date = $2 and s.expiry_date < $2
)
select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id,
    p.source_line, 'series' as column_name, p.series::text as value,
    'the series expired on ' || e.expiry_date as message
from margin.position_as_of($1) as p
join expired as e on e.series = p.series
where exists (select from expired) and p.business_date = $2 and p.cycle = $4
    and (p.long_quantity <> 0 or p.short_quantity <> 0)
order by row_key
