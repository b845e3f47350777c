-- purpose: leave in a run the arrays that differ from its base's
-- grain: one row, the number of arrays taken out
-- reads: result_source, risk_array
-- parameters: $1 run, $2 base run
select margin.keep_changed_arrays($1, $2)
