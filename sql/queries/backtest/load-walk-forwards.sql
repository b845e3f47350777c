-- purpose: the walk-forwards of a backtest
-- grain: one row a walk-forward
-- order: walk-forward
-- reads: walk_forward
-- parameters: $1 pinned load, $2 backtest
select w.walk_forward, w.item, w.key, w.contract_value_factor, w.currency, w.recalibrate_days, w.first_day,
    w.without_tools
from margin.walk_forward_as_of($1) as w
where w.backtest = $2
order by w.walk_forward
