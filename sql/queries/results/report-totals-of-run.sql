-- purpose: the control totals of a run's member reports, taken when each was written
-- grain: one row a report, member, figure and currency
-- order: report, member, figure, currency
-- reads: report_file, report_total, run
-- parameters: $1 run
select t.report, t.member, t.figure, t.currency, t.amount, t.row_count
from margin.report_file as f
join margin.run as r on r.run_id = f.run_id
join margin.run as i on i.business_date = r.business_date and i.cycle = r.cycle and i.run_number = f.issued_run_number
join margin.report_total as t on t.run_id = i.run_id and t.report = f.report and t.member = f.member
where f.run_id = $1 and f.format = 'csv' and f.member <> ''
order by t.report, t.member, t.figure, t.currency
