-- purpose: record one report file
-- grain: one row, written
-- reads: report_file
-- parameters: $1 run, $2 name, $3 report, $4 member ('' for the house), $5 format, $6 rows, $7 bytes, $8 SHA-256, $9 number of the run in whose folder it stands
insert into margin.report_file (run_id, file_name, report, member, format, row_count, byte_count, sha256,
    issued_run_number)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
