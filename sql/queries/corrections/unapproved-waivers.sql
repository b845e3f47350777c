-- purpose: the waivers that let a run pass its data gates, which another person must approve and has not
-- grain: one row a load of waivers
-- order: load
-- reads: computed_part, correction_approval, finding, finding_waiver, governance_rule, input_load, result_source,
--     run, waiver_approval
-- parameters: $1 run
select w.load_id, l.loaded_by
from margin.waivers_of_run($1) as w
join margin.input_load as l on l.load_id = w.load_id
where w.needs_approval
order by w.load_id
