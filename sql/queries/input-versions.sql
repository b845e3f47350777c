-- purpose: the version of each input table that a date and parameter set would use now
-- grain: one row a table: the last load that touched it in scope, and the rows loaded; of a history every earlier day counts
-- order: table name
-- parameters: $1 last load to look at, $2 business date, $3 previous business date (null if none), $4 parameter set
select l.table_name, max(l.load_id) as version,
    sum(coalesce(d.row_count, l.row_count))::bigint as row_count
from margin.input_load as l
left join margin.input_load_date as d on d.load_id = l.load_id
    -- An override of the day before is nothing to this one.
    and (d.business_date = $2 or (d.business_date = $3
        and not exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id))
        or (l.table_name = 'risk_factor_level' and d.business_date < $2))
where l.load_id <= $1
    and (d.load_id is not null or not exists (select from margin.input_load_date as o where o.load_id = l.load_id))
    and (exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id and p.parameter_set = $4)
        or not exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id))
group by l.table_name
order by l.table_name collate "C"
