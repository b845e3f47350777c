-- purpose: the corrections of a business date: of its rows, and overrides that are valid on it
-- grain: one row a correction
-- order: correction
-- parameters: $1 business date
select l.load_id, l.table_name, l.row_count, l.loaded_by, l.reason, a.approved_by,
    case
        when a.approved_by is not null then 'approved'
        when margin.is_required('correction_approval')
            or exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id) then 'to be approved'
        else 'needs no approval' end as state
from margin.input_load as l
left join margin.correction_approval as a on a.load_id = l.load_id
where l.kind = 'correction'
    and exists (select from margin.input_load_date as d where d.load_id = l.load_id and d.business_date = $1)
order by l.load_id
