-- purpose: the published runs that would be of another parameter set, were a set approved
-- grain: one row a run: business date, cycle, number, parameter set
-- order: business date, cycle, number
-- reads: parameter_set, parameter_set_approval, run
-- parameters: $1 parameter set
select r.business_date::text, r.cycle, r.run_number, r.parameter_set
from margin.parameter_set as s
join margin.run as r on r.business_date >= s.effective_from and r.status = 'published'
where s.parameter_set = $1 and r.parameter_set <> s.parameter_set and not exists (
    select from margin.parameter_set as o
    where o.effective_from > s.effective_from and o.effective_from <= r.business_date
        and margin.is_approved(o.parameter_set, 9223372036854775807))
order by r.business_date, r.cycle, r.run_number
