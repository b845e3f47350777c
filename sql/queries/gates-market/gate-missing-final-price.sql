-- purpose: a series that expires today, or did while it was held, settles to a final price: its own or, for an option, its
--     underlying's. Until that comes its positions stay in the book; one that is not there any more would be lost unsettled
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message, is_essential
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price, trade
-- needs: listed_series, settled_series
-- marks: essential hits
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with unsettled as materialized (
    select s.series, s.expiry_date, s.underlying
    from listed_series as s
    where s.expiry_date <= $2 and $4 = 'EOD'
        and (s.was_held or s.expiry_date = $2
            and exists (select from margin.trade_as_of($1) as t where t.business_date = $2 and t.series = s.series))
        and not exists (select from settled_series as f where f.business_date = $2 and f.series = s.series)
), rolled as (
    select b.account, b.owner, b.series, sum(b.quantity) as quantity
    from (
        select p.account, p.owner, p.series, p.long_quantity - p.short_quantity as quantity
        from margin.book_position_as_of($1, $3, 'EOD') as p
        where exists (select from unsettled) and p.series in (select u.series from unsettled as u)
        union all
        select t.account, t.owner, t.series, t.quantity
        from margin.trade_as_of($1) as t
        where exists (select from unsettled) and t.business_date = $2 and t.series in (select u.series from unsettled as u)
    ) as b
    group by b.account, b.owner, b.series
    having sum(b.quantity) <> 0
), lost as materialized (
    select r.series, count(*) as positions, min(r.account::text) as account
    from rolled as r
    left join margin.book_position_as_of($1, $2, $4) as p on p.account = r.account and p.owner = r.owner and p.series = r.series
    where p.series is null
    group by r.series
), misdated as (
    select q.series, max(q.business_date) as dated
    from margin.settlement_price_as_of($1) as q
    where q.business_date > $3 and q.business_date < $2 and q.price_kind = 'final'
    group by q.series
)
select 'settlement_price' as table_name, u.series || ', final' as row_key, null::bigint as load_id,
    null::bigint as source_line, 'price' as column_name, 'no row' as value,
    'the series ' || case when u.expiry_date = $2 then 'expires today' else 'expired on ' || u.expiry_date end
        || ' and has no final settlement price'
        || coalesce('; the one of ' || m.dated || ' is dated on a closed day', '')
        || coalesce('; ' || l.positions || case l.positions when 1 then ' position, of ' else ' positions, one of ' end
            || l.account || ', would be lost: not in the book any more', '; until it comes the position stays in the book')
        as message,
    l.series is not null as is_essential
from unsettled as u
left join lost as l on l.series = u.series
left join misdated as m on m.series in (u.series, u.underlying)
order by row_key
