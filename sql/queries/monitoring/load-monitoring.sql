-- purpose: how one parameter set watches the house
-- grain: at most one row
-- reads: monitoring
-- parameters: $1 parameter set, $2 pinned load, $3 business date
select m.look_back_nights, m.least_nights, m.robust_z, m.least_spread, m.least_contracts, m.least_margin, m.worse_share,
    m.jump_share, m.stuck_nights, m.warning_share, m.fund_share
from margin.monitoring_as_of($2, $3) as m
where m.parameter_set = $1
