-- purpose: the overrides among a run's inputs, with the members they touch, for the headers of reports
-- grain: one row an override
-- order: override
-- reads: account, calendar_date, collateral_holding, combined_commodity_margin, contract, corrected_row,
--     governance_rule, input_load, input_load_date, input_load_parameter_set, inter_spread_leg, position, run,
--     series, trade
-- needs: account_touched
-- parameters: $1 run
select c.load_id, coalesce(array_agg(distinct t.member) filter (where t.member is not null), '{}') as members
from margin.corrections_of_run($1) as c
left join account_touched as t on t.load_id = c.load_id
where c.is_override
group by c.load_id
order by c.load_id
