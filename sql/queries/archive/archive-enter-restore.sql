-- purpose: enter in the register that the newest archive is back
-- grain: one row, empty
-- reads: archive_restore, run, standing_archive
-- parameters: $1 archive
select margin.enter_restore($1)::text
