-- purpose: make a filled month part of its table
-- grain: one row, empty
-- reads: input_load
-- parameters: $1 table, $2 a business date of the month
select margin.attach_month($1, $2::date)::text
