-- purpose: what a parameter set says of the rows that a calibration may propose, as it was loaded, with the newest
--     figure of a calibration whose set was approved and takes effect no later
-- grain: one row an item and key
-- order: item, key
-- reads: calibration_figure, collateral_haircut, combined_commodity_margin, fx_haircut, inter_spread, intra_spread,
--     parameter_set, parameter_set_approval, price_scan_range_tier
-- parameters: $1 pinned load, $2 parameter set
select v.item, v.key, v.kind, v.value, f.new_value, f.core, f.buffer_numerator::text as buffer_numerator,
    f.buffer_denominator::text as buffer_denominator
from (
    select 'price_scan_range' as item, m.combined_commodity::text as key, m.price_scan_range_kind as kind,
        m.price_scan_range as value
    from margin.combined_commodity_margin as m
    where m.parameter_set = $2 and m.revision = 1 and m.load_id <= $1
    union all
    select 'volatility_scan_range', m.combined_commodity, m.volatility_scan_range_kind, m.volatility_scan_range
    from margin.combined_commodity_margin as m
    where m.parameter_set = $2 and m.revision = 1 and m.load_id <= $1
    union all
    select 'price_scan_range', t.combined_commodity || ' ' || t.from_month, t.price_scan_range_kind, t.price_scan_range
    from margin.price_scan_range_tier as t
    where t.parameter_set = $2 and t.revision = 1 and t.load_id <= $1
    union all
    select 'intra_spread', s.combined_commodity || ' ' || s.spread, s.charge_kind, s.charge_rate
    from margin.intra_spread as s
    where s.parameter_set = $2 and s.revision = 1 and s.load_id <= $1
    union all
    select 'offset_rate', s.spread, s.kind, s.credit_rate
    from margin.inter_spread as s
    where s.parameter_set = $2 and s.revision = 1 and s.load_id <= $1
    union all
    select 'haircut', 'asset ' || h.asset, null, h.haircut
    from margin.collateral_haircut as h
    where h.parameter_set = $2 and h.revision = 1 and h.load_id <= $1
    union all
    select 'haircut', 'currency ' || h.from_currency || ' ' || h.to_currency, null, h.haircut
    from margin.fx_haircut as h
    where h.parameter_set = $2 and h.revision = 1 and h.load_id <= $1
) as v
left join lateral (
    select c.new_value, c.core, c.buffer_numerator, c.buffer_denominator
    from margin.calibration_figure as c
    join margin.parameter_set as s on s.parameter_set = c.parameter_set
    where c.item = v.item and c.key = v.key and s.load_id <= $1 and margin.is_approved(s.parameter_set, $1)
        and s.effective_from <= (select b.effective_from from margin.parameter_set as b where b.parameter_set = $2)
    order by s.effective_from desc, s.parameter_set
    limit 1
) as f on true
order by v.item collate "C", v.key collate "C"
