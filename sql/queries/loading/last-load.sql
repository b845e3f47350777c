-- purpose: the last load committed
-- grain: one row
-- reads: input_load
-- parameters: none
select coalesce(max(l.load_id), 0) as load_id from margin.input_load as l
