-- purpose: make the partitions that the results of the next runs fall into, where they are not there yet
-- grain: one row, empty
-- reads: run
-- parameters: none
select margin.make_room_for_runs()::text
