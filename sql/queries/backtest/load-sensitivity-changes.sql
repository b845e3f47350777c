-- purpose: the changes whose effect on a backtest's walk-forwards is asked for
-- grain: one row a walk-forward, parameter and value
-- order: walk-forward, parameter, value
-- reads: sensitivity_change
-- parameters: $1 pinned load, $2 backtest
select s.walk_forward, s.parameter, s.value
from margin.sensitivity_change_as_of($1) as s
where s.backtest = $2
order by s.walk_forward, s.parameter collate "C", s.value
