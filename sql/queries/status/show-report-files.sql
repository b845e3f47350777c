-- purpose: the report files of a run
-- grain: one row a file
-- order: member, the whole run first, report, format
-- reads: report_file
-- parameters: $1 run
select f.file_name, f.report, f.member, f.format, f.row_count, f.byte_count, f.sha256
from margin.report_file as f
where f.run_id = $1
order by f.member collate "C", f.report collate "C", f.format
