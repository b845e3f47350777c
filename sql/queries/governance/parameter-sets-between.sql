-- purpose: the parameter sets that take effect after a set does and up to a date, approved or not: they end its overrides
-- grain: one row a set: its code, first date, whether it is approved
-- order: effective date, set
-- reads: parameter_set, parameter_set_approval
-- parameters: $1 parameter set, $2 last date
select o.parameter_set, o.effective_from, margin.is_approved(o.parameter_set, 9223372036854775807) as is_approved
from margin.parameter_set as s
join margin.parameter_set as o on o.effective_from > s.effective_from and o.effective_from <= $2
where s.parameter_set = $1
order by o.effective_from, o.parameter_set
