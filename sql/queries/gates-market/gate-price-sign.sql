-- purpose: only flagged products trade at or below zero
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity, contract, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series, price_today
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
select 'settlement_price' as table_name, p.series || ', ' || p.price_kind as row_key, p.load_id, p.source_line,
    'price' as column_name, p.price::text as value,
    'a price ' || case when p.price = 0 then 'of zero' else 'below zero' end || ' for ' || k.combined_commodity
        || ', which cannot trade there' as message
from (
    select s.series, s.combined_commodity, s.kind, 'settlement' as price_kind, s.price, s.price_currency as currency, s.load_id,
        s.source_line
    from listed_series as s
    where s.price is not null
    union all
    select s.series, s.combined_commodity, s.kind, p.price_kind, p.price, p.currency, p.load_id, p.source_line
    from listed_series as s
    join price_today as p on p.series = s.series and p.price_kind = 'final'
) as p
join margin.combined_commodity_as_of($1) as k on k.combined_commodity = p.combined_commodity
where p.price <= 0 and not k.can_trade_at_or_below_zero
    and ($6::text[] is null or p.combined_commodity = any ($6))
    and (p.price < 0 or (p.price = 0 and p.kind = 'future'))
order by row_key
