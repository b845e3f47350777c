-- purpose: the accounts that the corrections among a run's inputs touch, for the reports of corrections
-- grain: one row a correction, row and account
-- reads: account, calendar_date, collateral_holding, combined_commodity_margin, contract, corrected_row,
--     governance_rule, input_load, input_load_date, input_load_parameter_set, inter_spread_leg, position, run,
--     series, trade
-- parameters: $1 run
create temporary table account_touched on commit drop as
select t.load_id, t.row_key, t.account, t.member
from margin.account_touched_in_run($1) as t
