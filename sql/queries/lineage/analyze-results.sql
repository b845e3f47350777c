-- purpose: tell the planner what a stage has written
-- grain: one row, empty
-- reads: none
-- parameters: $1 tables, $2 run
select margin.analyze_results($1, $2)::text
