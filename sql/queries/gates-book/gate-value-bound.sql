-- purpose: a contract worth more than any, in one scenario or all, would overflow an array
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: combined_commodity, combined_commodity_margin, contract, currency, intraday_settlement_price, position,
--     price_scan_range_tier, scenario, series, settlement_price
-- needs: listed_series, price_today
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with worth as (
    select p.contract, max(abs(p.price)) as price, min(p.price) as lowest_price, max(abs(p.strike)) as strike
    from (
        select s.contract, s.strike, s.price, s.combined_commodity
        from listed_series as s
        where s.price is not null
        union all
        select s.contract, s.strike, p.price, s.combined_commodity
        from listed_series as s
        join price_today as p on p.series = s.series and p.price_kind = 'final'
    ) as p
    where ($6::text[] is null or p.combined_commodity = any ($6))
    group by p.contract
)
select 'contract' as table_name, c.contract::text as row_key, c.load_id, c.source_line,
    'contract_value_factor' as column_name, c.contract_value_factor::text as value,
    'with prices up to ' || w.price || ' and price scan ranges up to ' || r.scan_range || ' times ' || r.move
        || ' one contract is worth more than 10,000,000,000,000' as message
from margin.contract_as_of($1) as c
join worth as w on w.contract = c.contract
join margin.combined_commodity_margin_as_of($1, $2) as m on m.parameter_set = $5 and m.combined_commodity = c.combined_commodity
cross join lateral (
    select case m.price_scan_range_kind when 'percent' then m.price_scan_range * w.price else m.price_scan_range end
    union all
    select case t.price_scan_range_kind when 'percent' then t.price_scan_range * w.price else t.price_scan_range end
    from margin.price_scan_range_tier_as_of($1, $2) as t
    where t.parameter_set = $5 and t.combined_commodity = c.combined_commodity
    order by 1 desc
    limit 1
) as g (scan_range)
cross join lateral (
    select g.scan_range, round(max(abs(n.price_move_numerator) / n.price_move_denominator), 2) as move
    from margin.scenario_as_of($1, $2) as n
    where n.parameter_set = $5 and n.scenario_set = m.scenario_set
) as r
join margin.combined_commodity_as_of($1) as k on k.combined_commodity = c.combined_commodity
join margin.currency_as_of($1) as y on y.currency = k.currency
where c.future_valuation is distinct from 'inverse'
    and c.contract_value_factor * (w.price + coalesce(w.strike, 0) + r.scan_range * r.move)
        > 10000000000000 / power(10::numeric, greatest(y.minor_unit_decimals - 4, 0))
union all
select 'contract', c.contract::text, c.load_id, c.source_line, 'future_valuation', 'inverse',
    'a scenario moves the price ' || w.lowest_price || ' by ' || round(r.scan_range * r.move, 2)
        || ' to zero or below, where an inverse contract loses without bound'
from margin.contract_as_of($1) as c
join worth as w on w.contract = c.contract
join margin.combined_commodity_margin_as_of($1, $2) as m on m.parameter_set = $5 and m.combined_commodity = c.combined_commodity
cross join lateral (
    select case m.price_scan_range_kind when 'percent' then m.price_scan_range * w.lowest_price else m.price_scan_range end
        as scan_range, max(-n.price_move_numerator / n.price_move_denominator) as move
    from margin.scenario_as_of($1, $2) as n
    where n.parameter_set = $5 and n.scenario_set = m.scenario_set
) as r
where c.future_valuation = 'inverse' and r.scan_range * r.move >= w.lowest_price
order by row_key
