-- purpose: a series in the book, or under an option of the book, must have a settlement price, and so must what was carried over
--     or traded: variation margin settles to it
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, position, series, settlement_price, trade,
--     underlying_price
-- needs: listed_series, price_today, settled_series
-- within: combined commodities
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with listed as (
    select s.series, s.underlying, s.second_underlying, s.kind, s.price
    from listed_series as s
    where s.is_held and (s.expiry_date is null or s.expiry_date >= $2 or s.was_held)
        and ($6::text[] is null or s.combined_commodity = any ($6))
), underlying as materialized (
    select l.underlying, min(l.series::text) as series, min(l.series::text) filter (where l.kind = 'option') as option_series
    from listed as l
    where l.underlying is not null
    group by l.underlying
), second as materialized (
    select l.second_underlying, min(l.series::text) as series
    from listed as l
    where l.second_underlying is not null
    group by l.second_underlying
), needed as (
    select l.series::text as series, 'settlement_price' as table_name, l.series::text as instrument
    from listed as l
    where l.price is null
    union all
    select u.series, 'underlying_price', u.underlying
    from underlying as u
    where not exists (select from margin.series_as_of($1) as s where s.series = u.underlying)
    union all
    select u.option_series, 'settlement_price', u.underlying
    from underlying as u
    where u.option_series is not null and exists (select from margin.series_as_of($1) as s where s.series = u.underlying)
    union all
    select u.series, case when exists (select from margin.series_as_of($1) as s where s.series = u.second_underlying)
        then 'settlement_price' else 'underlying_price' end, u.second_underlying
    from second as u
    union all
    select s.series, 'settlement_price', s.series
    from listed_series as s
    where s.price is null and s.option_style is distinct from 'premium'
        and (s.was_held or exists (select from margin.trade_as_of($1) as t where t.business_date = $2 and t.series = s.series))
        and (s.expiry_date is null or s.expiry_date > $2 or $4 = 'ITD')
        and ($6::text[] is null or s.combined_commodity = any ($6))
        and not exists (select from settled_series as f where f.business_date = $2 and f.series = s.series)
)
select n.table_name, min(n.instrument::text) as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value,
    'no price for ' || n.instrument || case when min(n.series::text) <> n.instrument
        then ', which ' || min(n.series::text) || ' needs' else '' end as message
from needed as n
where (n.table_name = 'settlement_price' and not exists (select from price_today as p where p.series = n.instrument))
    or (n.table_name = 'underlying_price' and not exists (select from margin.underlying_price_as_of($1, $2, $4) as p
        where p.business_date = $2 and p.underlying = n.instrument))
group by n.table_name, n.instrument
order by row_key
