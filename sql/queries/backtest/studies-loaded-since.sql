-- purpose: whether rows of hypothetical portfolios and of calibration rules were loaded after a load
-- grain: one row
-- order: none: there is one row
-- reads: input_load
-- parameters: $1 load
select coalesce(bool_or(l.table_name in ('hypothetical_portfolio', 'hypothetical_line')), false) as has_portfolios,
    coalesce(bool_or(l.table_name in ('calibration_rule', 'calibration_leg', 'calibration_stressed_window')), false)
        as has_rules
from margin.input_load as l
where l.load_id > $1
