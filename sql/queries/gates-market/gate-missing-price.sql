-- purpose: a series in the book, or under an option of the book, must have a settlement price, and so must what was carried over
--     or traded: variation margin settles to it
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, position, realised_average, series,
--     settlement_price, trade, underlying_price, volatility
-- needs: held_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with listed as (
    select s.series, s.underlying, s.second_underlying, c.kind, c.future_valuation
    from margin.series_as_of($1) as s
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where (s.expiry_date is null or s.expiry_date >= $2
            or exists (select from held_series as y where y.business_date = $3 and y.series = s.series))
        and ($6::text[] is null or c.combined_commodity = any ($6))
), held as (
    select h.series from held_series as h where h.business_date = $2
), needed as (
    select l.series, 'settlement_price' as table_name, l.series as instrument from listed as l join held as h using (series)
    union all
    select l.series, 'underlying_price', l.underlying
    from listed as l join held as h using (series)
    where l.underlying is not null
        and not exists (select from margin.series_as_of($1) as u where u.series = l.underlying)
    union all
    select l.series, 'settlement_price', l.underlying
    from listed as l join held as h using (series)
    where l.kind = 'option' and exists (select from margin.series_as_of($1) as u where u.series = l.underlying)
    union all
    select l.series, case when exists (select from margin.series_as_of($1) as u where u.series = l.second_underlying)
        then 'settlement_price' else 'underlying_price' end, l.second_underlying
    from listed as l join held as h using (series)
    where l.second_underlying is not null
    union all
    select s.series, 'settlement_price', s.series
    from (
        select h.series from held_series as h where h.business_date = $3
        union
        select t.series from margin.trade_as_of($1) as t where t.business_date = $2
    ) as u
    join margin.series_as_of($1) as s on s.series = u.series
    join margin.contract_as_of($1) as c on c.contract = s.contract
    where c.option_style is distinct from 'premium' and (s.expiry_date is null or s.expiry_date > $2 or $4 = 'ITD')
        and ($6::text[] is null or c.combined_commodity = any ($6))
        and not exists (select from margin.final_price_as_of($1, $2, $4) as f where f.series = s.series)
)
select n.table_name, min(n.instrument::text) as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value,
    'no price for ' || n.instrument || case when min(n.series::text) <> n.instrument
        then ', which ' || min(n.series::text) || ' needs' else '' end as message
from needed as n
where (n.table_name = 'settlement_price' and not exists (select from margin.settlement_price_as_of($1, $2, $4) as p
        where p.business_date = $2 and p.series = n.instrument))
    or (n.table_name = 'underlying_price' and not exists (select from margin.underlying_price_as_of($1, $2, $4) as p
        where p.business_date = $2 and p.underlying = n.instrument))
group by n.table_name, n.instrument
order by row_key
