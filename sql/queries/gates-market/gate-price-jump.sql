-- purpose: beyond slipped_price: a future at more than 120 times the price of the day before or the reverse, and an option at
--     about ten times, or eighty times and more
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, series, settlement_price
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
-- An option counts only if it moved by more than its underlying did and 2 % of the underlying besides: far from the money a
-- tick may be tenfold.
with moved as (
    select p.series, p.price_kind, p.load_id, p.source_line, p.price, q.price as previous, c.kind, s.underlying,
        greatest(p.price / q.price, q.price / p.price) as ratio
    from margin.settlement_price_as_of($1, $2, $4) as p
    join margin.settlement_price_as_of($1, $2, $4) as q
        on q.business_date = $3 and q.series = p.series and q.price_kind = 'settlement'
    join margin.series_as_of($1) as s on s.series = p.series
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where p.business_date = $2 and p.price <> 0 and q.price <> 0
        and ($6::text[] is null or c.combined_commodity = any ($6))
)
select 'settlement_price' as table_name, m.series || ', ' || m.price_kind as row_key, m.load_id, m.source_line,
    'price' as column_name, m.price::text as value,
    case when abs(m.price) >= abs(m.previous) then 'the price is ' || round(m.ratio, 2) || ' times the previous ' || m.previous
        else 'the previous ' || m.previous || ' is ' || round(m.ratio, 2) || ' times the price' end as message
from moved as m
where case m.kind when 'future' then m.ratio > 120
    else m.price_kind = 'settlement' and (m.ratio between 8 and 12 or m.ratio >= 80) and exists (
        select from margin.settlement_price_as_of($1, $2, $4) as u
        join margin.settlement_price_as_of($1, $2, $4) as v
            on v.business_date = $3 and v.series = u.series and v.price_kind = u.price_kind
        where u.business_date = $2 and u.series = m.underlying and u.price_kind = 'settlement'
            and abs(m.price - m.previous) > abs(u.price - v.price) + 0.02 * abs(u.price)) end
order by row_key
