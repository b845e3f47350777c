-- purpose: the corrections among a run's inputs that another person must approve and has not
-- grain: one row a correction
-- order: correction
-- reads: calendar_date, correction_approval, governance_rule, input_load, input_load_date, input_load_parameter_set,
--     run
-- parameters: $1 run
select c.load_id, l.table_name, l.loaded_by
from margin.corrections_of_run($1) as c
join margin.input_load as l on l.load_id = c.load_id
where c.needs_approval and not exists (select from margin.correction_approval as a where a.load_id = c.load_id)
order by c.load_id
