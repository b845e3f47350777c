-- purpose: the codes of all backtests
-- grain: one row a backtest
-- order: backtest
-- reads: backtest
-- parameters: $1 pinned load
select b.backtest
from margin.backtest_as_of($1) as b
order by b.backtest
