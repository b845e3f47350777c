-- purpose: tell the planner what a stage has written
-- grain: none
-- parameters: $1 stage
select margin.analyze_results($1)
