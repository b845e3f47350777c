-- purpose: enter in the register that the newest archive is back
-- grain: one row, empty
-- parameters: $1 archive
select margin.enter_restore($1)::text
