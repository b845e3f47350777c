-- purpose: the newest archive that is out of the database
-- grain: one row or none
-- order: archive, newest first
-- reads: standing_archive
-- parameters: none
select s.archive, s.runs_before, s.folder, s.manifest_sha256
from margin.standing_archive as s
order by s.archive desc
limit 1
