-- purpose: how margins of published nights moved and what they covered in a quarter, by the newest run of each backtest, or
--     of one, that has the quarter
-- grain: one row a backtest, unit, span, measure and horizon
-- order: backtest, unit kind, unit, span, measure, horizon
-- reads: backtest_run, procyclicality_disclosure
-- parameters: $1 last day of the quarter, $2 backtest (null: all)
select r.backtest, d.unit_kind, d.unit, d.currency, d.span, d.measure, d.horizon_days, d.value, d.first_day, d.last_day, d.days,
    d.from_date, d.to_date, d.refusal
from (
    select distinct on (b.backtest) b.backtest, b.backtest_run_id
    from margin.backtest_run as b
    where b.backtest = coalesce($2, b.backtest) and exists (
        select from margin.procyclicality_disclosure as p
        where p.backtest_run_id = b.backtest_run_id and p.quarter_end = $1 and p.source = 'published')
    order by b.backtest, b.backtest_run_id desc
) as r
join margin.procyclicality_disclosure as d on d.backtest_run_id = r.backtest_run_id
where d.quarter_end = $1 and d.source = 'published'
order by r.backtest, d.unit_kind, d.unit, d.span, d.measure, d.horizon_days
