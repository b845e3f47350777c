-- purpose: a held series whose price scan range is 0 is asked nothing, whatever its price may do
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity_margin, contract, intraday_settlement_price, intraday_underlying_price, position,
--     price_scan_range_tier, series, settlement_price, underlying_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with priced as (
    select s.series, s.contract_month, s.combined_commodity, s.is_held,
        case when s.kind = 'future' and c.future_valuation <> 'cost_of_carry' then s.price
            else coalesce(s.underlying_price, spot.price) end as price
    from listed_series as s
    join margin.contract_as_of($1) as c on c.contract = s.contract
    left join margin.underlying_price_as_of($1, $2, $4) as spot on spot.business_date = $2 and spot.underlying = s.underlying
    where coalesce(s.is_held, true) and ($6::text[] is null or s.combined_commodity = any ($6))
), nothing as materialized (
    select m.combined_commodity
    from margin.combined_commodity_margin_as_of($1, $2) as m
    where m.parameter_set = $5 and m.price_scan_range = 0
    union
    select t.combined_commodity
    from margin.price_scan_range_tier_as_of($1, $2) as t
    where t.parameter_set = $5 and t.price_scan_range = 0
), ranged as materialized (
    -- By itself, or the server asks for the positions of each series before it looks at the range.
    select p.series, p.price, p.is_held, coalesce(t.price_scan_range_kind, m.price_scan_range_kind) as kind,
        coalesce(t.price_scan_range, m.price_scan_range) as price_scan_range
    from (
        select p.series, p.contract_month, p.combined_commodity, p.price, p.is_held
        from priced as p
        where p.price = 0 or p.combined_commodity in (select n.combined_commodity from nothing as n)
    ) as p
    join margin.combined_commodity_margin_as_of($1, $2) as m
        on m.parameter_set = $5 and m.combined_commodity = p.combined_commodity
    left join margin.price_scan_range_tier_as_of($1, $2) as t on t.parameter_set = $5
        and t.combined_commodity = p.combined_commodity and margin.is_within_months(p.contract_month, t.from_month, t.to_month)
)
select 'settlement_price' as table_name, r.series::text as row_key, null::bigint as load_id, null::bigint as source_line,
    'price' as column_name, coalesce(r.price::text, 'no row') as value,
    case when r.kind = 'percent' and r.price_scan_range <> 0
        then 'a price scan range of ' || trim_scale(100 * r.price_scan_range) || ' % of a price of 0 is 0'
        else 'the price scan range is 0' end || ': the series is asked nothing for a move of its price' as message
from ranged as r
where case r.kind when 'percent' then r.price_scan_range * r.price else r.price_scan_range end = 0
    and coalesce(r.is_held, (select count(*) from margin.book_position_as_of($1, $2, $4) as p where p.series = r.series) > 0)
order by row_key
