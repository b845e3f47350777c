-- purpose: a backtest by its code
-- grain: at most one row
-- order: none: there is one row
-- reads: backtest
-- parameters: $1 pinned load, $2 backtest
select b.account_class, b.from_date, b.to_date, b.confidence, b.horizon_days, b.interval_level, b.significance
from margin.backtest_as_of($1) as b
where b.backtest = $2
