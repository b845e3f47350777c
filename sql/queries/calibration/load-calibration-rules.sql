-- purpose: the calibration rules
-- grain: one row an item and key
-- order: item, key
-- reads: calibration_rule
-- parameters: $1 pinned load
select r.item, r.key, r.kind, r.factor, r.horizon_days, r.confidence, r.look_back_days, r.min_observations,
    r.min_moving_share, r.max_gap_days, r.lambda, r.seed_days, r.z, r.volatility_floor, r.increment, r.step_limit,
    r.floor_years, r.floor_kind, r.stressed_weight, r.min_stressed_observations, r.buffer, r.rise_trigger, r.rebuild_step,
    r.cap, r.break_z, r.break_haircut
from margin.calibration_rule_as_of($1) as r
order by r.item collate "C", r.key
