-- purpose: what a night was seen to be
-- grain: one row a kind of subject, subject and measure
-- order: none: the reader looks each up
-- reads: monitored_figure, result_source
-- parameters: $1 run
select f.subject_kind, f.subject, f.measure, f.amount, f.told_amount
from margin.monitored_figure_of($1) as f
