-- purpose: yesterdays position, todays trades and expiries make todays position
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'position' as table_name, b.account || ', ' || b.owner || ', ' || b.series as row_key, null::bigint as load_id,
    null::bigint as source_line, 'long_quantity' as column_name, sum(b.today)::text as value,
    'yesterday and today''s trades make ' || sum(b.rolled) || ', the book says ' || sum(b.today) as message
from (
    select p.account, p.owner, p.series, case p.business_date when $2 then p.long_quantity - p.short_quantity else 0 end as today,
        case p.business_date when $3 then p.long_quantity - p.short_quantity else 0 end as rolled
    from margin.position_as_of($1) as p
    where (p.business_date, p.cycle) in (($2, $4), ($3, 'EOD'))
    union all
    select t.account, t.owner, t.series, 0, t.quantity
    from margin.trade_as_of($1) as t
    where t.business_date = $2
) as b
where exists (select from margin.position_as_of($1) as y where y.business_date = $3 and y.cycle = 'EOD')
    and b.series not in (select s.series from margin.series_as_of($1) as s where s.expiry_date <= $2)
group by b.account, b.owner, b.series
having sum(b.today) <> sum(b.rolled)
order by row_key
