-- purpose: yesterdays position, todays trades and final settlements make todays position; what an expired series lost is
--     missing_final_price's, and a position in one that nobody held is expired_series'
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with settled as materialized (
    select f.series
    from margin.final_price_as_of($1, $2, $4) as f
)
select 'position' as table_name, b.account || ', ' || b.owner || ', ' || b.series as row_key, null::bigint as load_id,
    null::bigint as source_line, 'long_quantity' as column_name, sum(b.today)::text as value,
    'yesterday and today''s trades make ' || sum(b.rolled) || ', the book says ' || sum(b.today) as message
from (
    select p.account, p.owner, p.series, p.long_quantity - p.short_quantity as today, 0 as rolled
    from margin.book_position_as_of($1, $2, $4) as p
    union all
    select p.account, p.owner, p.series, 0, p.long_quantity - p.short_quantity
    from margin.book_position_as_of($1, $3, 'EOD') as p
    union all
    select t.account, t.owner, t.series, 0, t.quantity
    from margin.trade_as_of($1) as t
    where t.business_date = $2
) as b
where exists (select from margin.position_as_of($1) as y where y.business_date = $3 and y.cycle = 'EOD')
    and b.series not in (select x.series from settled as x)
group by b.account, b.owner, b.series
having sum(b.today) <> sum(b.rolled) and not exists (
    select from margin.series_as_of($1) as s
    where s.series = b.series and (s.expiry_date <= $2 and sum(b.today) = 0 or s.expiry_date < $2
        and not exists (select from margin.book_position_as_of($1, $3, 'EOD') as y where y.series = b.series)))
order by row_key
