-- purpose: wait until no load is under way
-- grain: one row without a value
-- reads: input_load
-- parameters: none
select margin.wait_for_loads()
