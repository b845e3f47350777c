-- purpose: wait until no load is under way
-- grain: one row without a value
-- parameters: none
select margin.wait_for_loads()
