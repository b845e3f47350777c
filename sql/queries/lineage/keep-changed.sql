-- purpose: leave in a run what differs from its base
-- grain: one row, the number of rows taken out
-- reads: computed_part, result_source, result_table
-- parameters: $1 run, $2 base run, $3 stage
select margin.keep_changed($1, $2, $3)
