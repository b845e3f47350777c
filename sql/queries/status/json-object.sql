-- purpose: names and values as one JSON object
-- grain: one row
-- reads: none
-- parameters: $1 names, $2 values
select jsonb_object($1::text[], $2::text[])::text as object
