-- purpose: make the month that all rows to be loaded are of, aside, where the loader may fill it before it has indexes
-- grain: one row: the partition's name, null where rows go through the table
-- reads: input_load
-- parameters: $1 table, $2 business dates
select margin.make_month_to_fill($1, $2::date[]) as partition_name
