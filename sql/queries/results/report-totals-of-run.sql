-- purpose: the control totals of the runs that issued a run's reports, taken when each was written. Which of them are of
--     reports that the run lists is for the reader to say: the server, which has not counted what a night has just written,
--     compared every file with every total.
-- grain: one row a run number, report, member, figure and currency
-- order: run number, report, member, figure, currency
-- reads: report_file, report_total, run
-- parameters: $1 run
select i.run_number, t.report, t.member, t.figure, t.currency, t.amount, t.row_count
from margin.run as r
join margin.run as i on i.business_date = r.business_date and i.cycle = r.cycle
join margin.report_total as t on t.run_id = i.run_id
where r.run_id = $1 and i.run_number = any (array(
        select distinct f.issued_run_number
        from margin.report_file as f
        where f.run_id = $1 and f.member <> ''))
    and t.member <> ''
order by i.run_number, t.report, t.member, t.figure, t.currency
