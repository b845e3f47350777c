-- purpose: make rows of variation_margin_owed of what calls leave owed, as the session's login
-- grain: one row: the load; null where nothing changes
-- reads: input_load, input_load_date, variation_margin_owed
-- parameters: $1 business date that owes, $2 accounts, $3 currencies, $4 amounts, $5 source
select margin.carry_owed($1, $2, $3, $4::text[]::numeric[], $5) as load_id
