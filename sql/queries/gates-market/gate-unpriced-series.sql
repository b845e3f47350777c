-- purpose: a listed series nobody holds and nobody priced gets no array
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, position, realised_average, series, settlement_price,
--     underlying_price, volatility
-- needs: held_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, s.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, 'no row' as value, 'no price for this series, which nobody holds: it gets no array' as message
from margin.series_as_of($1) as s
where (s.expiry_date is null or s.expiry_date >= $2)
    and ($6::text[] is null
        or s.contract in (select c.contract from margin.contract_as_of($1) as c where c.combined_commodity = any ($6)))
    and not exists (select from margin.settlement_price_as_of($1, $2, $4) as p
        where p.business_date = $2 and p.series = s.series)
    and not exists (select from margin.final_price_as_of($1, $2, $4) as f where f.series = s.series)
    and not exists (select from held_series as h where h.business_date = $2 and h.series = s.series)
order by row_key
