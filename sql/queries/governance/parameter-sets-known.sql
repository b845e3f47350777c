-- purpose: what an operator sees where no approved parameter set is in force: the sets there are and what they lack
-- grain: one row a set, the latest five
-- order: effective date, latest first
-- reads: parameter_set, parameter_set_approval
-- parameters: $1 pinned load, $2 business date
select s.parameter_set || ' is effective from ' || s.effective_from
    || case when margin.is_approved(s.parameter_set, $1) then '' else ' and not approved' end as description
from margin.parameter_set as s
where s.load_id <= $1 and (s.effective_from > $2 or not margin.is_approved(s.parameter_set, $1))
order by s.effective_from desc, s.parameter_set collate "C"
limit 5
