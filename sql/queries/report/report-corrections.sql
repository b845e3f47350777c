-- purpose: the corrections and overrides that touch a member's accounts, for the report corrections
-- grain: one row a member, correction, row and column
-- order: member, correction, row, column
-- reads: account, calendar_date, collateral_holding, combined_commodity_margin, contract, corrected_cell,
--     corrected_row, correction_approval, governance_rule, input_load, input_load_date, input_load_parameter_set,
--     inter_spread_leg, position, run, series, trade
-- needs: account_touched
-- parameters: $1 run
with touched as (
    select t.member, t.load_id, t.row_key, count(distinct t.account) as accounts
    from account_touched as t
    where t.member is not null
    group by t.member, t.load_id, t.row_key
)
select
    t.member as member,
    c.load_id as correction,
    c.kind as kind,
    c.table_name as table_name,
    c.row_key as row_key,
    c.column_name as column_name,
    c.before_value as before_value,
    c.after_value as after_value,
    c.valid_from as valid_from,
    c.expires_on as expires_on,
    c.reason as reason,
    c.corrected_by as corrected_by,
    c.approved_by as approved_by,
    t.accounts as accounts
from margin.corrected_cell_of_run($1) as c
join touched as t on t.load_id = c.load_id and t.row_key = c.row_key
order by t.member collate "C", c.load_id, c.row_key collate "C", c.column_name collate "C"
