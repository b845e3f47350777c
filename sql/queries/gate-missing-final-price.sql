-- purpose: a series that expires today settles to a final price: its own or, for an option, its underlying's
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
select 'settlement_price' as table_name, s.series || ', final' as row_key, null::bigint as load_id,
    null::bigint as source_line, 'price' as column_name, 'no row' as value,
    'the series expires today and has no final settlement price' as message
from margin.series_as_of($1) as s
join margin.contract_as_of($1) as c on c.contract = s.contract
where s.expiry_date = $2 and $4 = 'EOD'
    and (exists (select from held_series as h where h.business_date = $3 and h.series = s.series)
        or exists (select from margin.trade_as_of($1) as t where t.business_date = $2 and t.series = s.series))
    and not exists (select from margin.settlement_price_as_of($1, $2, $4) as f
        where f.business_date = $2 and f.price_kind = 'final' and f.series in (s.series,
            case when c.option_model in ('average_price', 'spread') then s.series else s.underlying end))
order by row_key
