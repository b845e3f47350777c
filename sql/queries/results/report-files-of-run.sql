-- purpose: the report files of a run, those it refers to among them; the manifest is left out
-- grain: one row a file
-- order: report, member, format
-- reads: report_file
-- parameters: $1 run
select f.report, f.member, f.format, f.file_name, f.issued_run_number, f.row_count, f.byte_count, f.sha256,
    f.content_sha256, f.corrects_run_number
from margin.report_file as f
where f.run_id = $1 and f.content_sha256 is not null
order by f.report, f.member, f.format
