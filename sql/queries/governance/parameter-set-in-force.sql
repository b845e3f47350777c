-- purpose: the approved parameter set in force on a date
-- grain: one row or none
-- order: effective date, latest first
-- reads: parameter_set, parameter_set_approval
-- parameters: $1 pinned load, $2 business date
select s.parameter_set
from margin.parameter_set as s
where s.load_id <= $1 and s.effective_from <= $2 and margin.is_approved(s.parameter_set, $1)
order by s.effective_from desc
limit 1
