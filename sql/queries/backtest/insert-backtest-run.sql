-- purpose: notes that a backtest is run
-- grain: one row
-- order: none: there is one row
-- reads: backtest_run
-- parameters: $1 backtest, $2 pinned load
insert into margin.backtest_run (backtest, pinned_load_id)
values ($1, $2)
returning backtest_run_id
