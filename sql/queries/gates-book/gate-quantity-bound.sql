-- purpose: a quantity that no house can hold would overflow a sum
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key, column_name
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: held_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with bound as materialized (
    select case when o.is_today then $2 else $3 end as business_date, h.series
    from held_series as h
    cross join lateral (values (true, h.largest_quantity), (false, h.previous_largest_quantity)) as o (is_today, largest_quantity)
    where o.largest_quantity > 1000000000
)
select b.table_name, b.row_key, b.load_id, b.source_line, b.column_name, b.quantity::text as value,
    'a quantity above 1,000,000,000 contracts' || case when b.business_date <> $2 then ', on the previous business date '
        || b.business_date else '' end as message
from (
    select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id,
        p.source_line, q.column_name, q.quantity, p.business_date
    from margin.position_as_of($1) as p
    join bound as u on u.business_date = p.business_date and u.series = p.series
    cross join lateral (values ('long_quantity', p.long_quantity), ('short_quantity', p.short_quantity))
        as q (column_name, quantity)
    where exists (select from bound) and p.cycle = $4 and q.quantity > 1000000000
    union all
    select 'trade', t.trade, t.load_id, t.source_line, 'quantity', t.quantity, t.business_date
    from margin.trade_as_of($1) as t
    where t.business_date = $2 and t.quantity not between -1000000000 and 1000000000
) as b
order by row_key, column_name
