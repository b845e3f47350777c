-- purpose: a listed series nobody holds and nobody priced gets no array
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series, price_today, settled_series
-- within: combined commodities
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, s.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value, 'no price for this series, which nobody holds: it gets no array' as message
from listed_series as s
where s.price is null and not s.is_held and (s.expiry_date is null or s.expiry_date >= $2)
    and ($6::text[] is null or s.combined_commodity = any ($6))
    and not exists (select from price_today as p where p.series = s.series and p.price_kind <> 'settlement')
    and not exists (select from settled_series as f where f.business_date = $2 and f.series = s.series)
order by row_key
