-- purpose: a series that has settled, or expired before anybody of the house held it, is in no book and has no trades; one that was
--     held and has not settled waits for its final price (missing_final_price); a position corrected to 0 is none
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: listed_series, settled_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with settled_before as materialized (
    select f.series
    from settled_series as f
    where f.business_date = $3
), gone as materialized (
    select s.series, coalesce('the series settled finally on ' || case when b.series is not null then $3 end,
        'the series expired on ' || s.expiry_date) as message
    from listed_series as s
    left join settled_before as b on b.series = s.series
    where s.is_held and (b.series is not null or s.expiry_date < $2 and not s.was_held)
), traded as materialized (
    select t.trade, t.series, t.load_id, t.source_line, b.series is not null as is_settled, s.expiry_date, s.was_held
    from margin.trade_as_of($1) as t
    join listed_series as s on s.series = t.series
    left join settled_before as b on b.series = t.series
    where t.business_date = $2 and (b.series is not null or s.expiry_date < $2
        and not exists (select from settled_series as f where f.business_date = $2 and f.series = t.series))
)
select 'position' as table_name, p.account || ', ' || p.owner || ', ' || p.series as row_key, p.load_id,
    p.source_line, 'series' as column_name, p.series::text as value, g.message
from margin.book_position_as_of($1, $2, $4) as p
join gone as g on g.series = p.series
where exists (select from gone)
union all
select 'trade', t.trade, t.load_id, t.source_line, 'series', t.series,
    case when t.is_settled then 'the series settled finally on ' || $3 else 'the series expired on ' || t.expiry_date end
from traded as t
where t.is_settled or not t.was_held
order by row_key
