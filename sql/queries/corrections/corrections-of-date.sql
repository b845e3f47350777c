-- purpose: the corrections of a business date: of its rows, of tables without date, and overrides that are valid on it
-- grain: one row a correction
-- order: correction
-- reads: input_load, input_load_date
-- parameters: $1 business date
select l.load_id
from margin.input_load as l
where l.kind = 'correction'
    and (exists (select from margin.input_load_date as d where d.load_id = l.load_id and d.business_date = $1)
        or not exists (select from margin.input_load_date as d where d.load_id = l.load_id))
order by l.load_id
