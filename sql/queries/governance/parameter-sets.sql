-- purpose: the parameter sets there are, with who proposed and who approved each
-- grain: one row a set
-- order: effective date, set
-- reads: input_load, parameter_set, parameter_set_approval
-- parameters: none
select s.parameter_set, s.effective_from::text, s.author, l.loaded_by, coalesce(a.approved_by, s.approved_by) as approved_by,
    case when a.approved_by is not null then 'approved here' when s.approved_by is not null then 'approved in its file'
        else 'to be approved' end as state, s.reason
from margin.parameter_set as s
join margin.input_load as l on l.load_id = s.load_id
left join margin.parameter_set_approval as a on a.parameter_set = s.parameter_set
order by s.effective_from, s.parameter_set
