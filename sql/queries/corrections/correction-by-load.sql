-- purpose: one correction: what, by whom, when and why, of which dates, and whether somebody else must approve it or has
-- grain: one row or none
-- reads: corrected_row, correction_approval, governance_rule, input_load, input_load_parameter_set
-- parameters: $1 correction
select l.table_name, l.loaded_by, l.row_count, coalesce(d.dates, array[]::text[]) as dates,
    o.is_override or margin.is_required('correction_approval') as needs_approval, l.reason, a.approved_by,
    to_char(l.loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as corrected_at, d.parameter_set, d.valid_from,
    d.expires_on,
    case
        when a.approved_by is not null then 'approved'
        when o.is_override or margin.is_required('correction_approval') then 'to be approved'
        else 'needs no approval' end as state
from margin.input_load as l
left join margin.correction_approval as a on a.load_id = l.load_id
cross join lateral (
    select exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id) as is_override
) as o
cross join lateral (
    select array_agg(distinct coalesce(r.business_date, r.valid_from)::text
            order by coalesce(r.business_date, r.valid_from)::text)
            filter (where coalesce(r.business_date, r.valid_from) is not null) as dates,
        max(r.parameter_set) as parameter_set, min(r.valid_from)::text as valid_from, max(r.expires_on)::text as expires_on
    from margin.corrected_row as r
    where r.load_id = l.load_id
) as d
where l.load_id = $1 and l.kind = 'correction'
