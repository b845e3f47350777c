-- purpose: an option costs no more than its underlying or strike allows: beyond it, a slipped point
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, intraday_settlement_price, intraday_underlying_price, position, series, settlement_price,
--     underlying_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, s.series || ', settlement' as row_key, s.load_id, s.source_line,
    'price' as column_name, s.price::text as value,
    'a ' || s.option_right || ' struck at ' || s.strike || ' on ' || coalesce(s.underlying_price, f.price)
        || ' cannot cost this much' as message
from listed_series as s
left join margin.underlying_price_as_of($1, $2, $4) as f on f.business_date = $2 and f.underlying = s.underlying
where s.option_model <> 'bachelier' and s.expiry_date >= $2 and coalesce(s.underlying_price, f.price) > 0
    and ($6::text[] is null or s.combined_commodity = any ($6))
    and s.price > case s.option_right when 'call' then coalesce(s.underlying_price, f.price) else s.strike end * 1.05
order by row_key
