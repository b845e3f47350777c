-- purpose: the legs of calibration rules, of a tier with the factor that it names
-- grain: one row an item, key and leg
-- order: item, key, leg
-- reads: calibration_leg, calibration_tier_factor
-- parameters: $1 pinned load
select l.item, l.key, l.leg, l.combined_commodity, l.tier, coalesce(l.factor, t.factor) as factor, l.ratio,
    l.contract_value_factor, l.side
from margin.calibration_leg_as_of($1) as l
left join margin.calibration_tier_factor_as_of($1) as t
    on t.combined_commodity = l.combined_commodity and t.tier = l.tier
order by l.item collate "C", l.key, l.leg
