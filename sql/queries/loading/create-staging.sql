-- purpose: a place for rows as text, until the transaction ends
-- grain: one row, empty
-- reads: none
-- parameters: $1 columns
select margin.create_staging($1)::text
