-- purpose: tell the planner what a stage has written
-- grain: one row, empty
-- reads: result_table
-- parameters: $1 stage, $2 run
select margin.analyze_results($1, $2)::text
