-- purpose: input tables that had rows for the business date before and have none for this one
-- grain: one row a table
-- order: table name
-- reads: input_load, input_load_date
-- parameters: $1 business date, $2 business date before
select distinct l.table_name
from margin.input_load as l
join margin.input_load_date as d on d.load_id = l.load_id
where d.business_date = $2 and not exists (
    select from margin.input_load as o
    join margin.input_load_date as e on e.load_id = o.load_id
    where o.table_name = l.table_name and e.business_date = $1)
order by l.table_name
