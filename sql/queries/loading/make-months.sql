-- purpose: make the partitions of the months that rows to be loaded fall into, where they are not there yet
-- grain: one row, empty
-- reads: input_load
-- parameters: $1 table, $2 business dates
select margin.make_months_to_load($1, $2::date[])::text
