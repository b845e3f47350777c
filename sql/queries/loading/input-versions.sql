-- purpose: the version of each input table that a date and parameter set would use now
-- grain: one row a table: the last load that touched it in scope, and the rows loaded; of a history every earlier day counts;
--     intraday_call: the last intraday run published beside the run, and how many there are
-- order: table name
-- reads: input_load, input_load_date, input_load_parameter_set, position, run
-- parameters: $1 last load, $2 business date, $3 previous one (null if none), $4 parameter set, $5 cycle, $6 run (null: new)
select v.table_name, v.version, v.row_count
from (
    select l.table_name, max(l.load_id) as version,
        sum(coalesce(d.row_count, l.row_count))::bigint as row_count
    from margin.input_load as l
    left join margin.input_load_date as d on d.load_id = l.load_id
        -- An override of the day before is nothing to this one.
        and (d.business_date = $2 or (d.business_date = $3
            and not exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id))
            or (l.table_name = 'risk_factor_level' and d.business_date < $2))
    where l.load_id <= $1 and ($5 = 'ITD' or l.table_name not like 'intraday\_%')
        and (d.load_id is not null or not exists (select from margin.input_load_date as o where o.load_id = l.load_id))
        -- Positions of another cycle are another book. There are two, so the first and the last by name are all of them: two rows
        -- of an index, where asking for one reads the book of every date.
        and (l.table_name <> 'position' or case d.business_date when $2 then $5 else 'EOD' end in (
            (select h.cycle from margin.position as h
                where h.load_id = l.load_id and h.business_date = d.business_date order by h.cycle limit 1),
            (select h.cycle from margin.position as h
                where h.load_id = l.load_id and h.business_date = d.business_date order by h.cycle desc limit 1)))
        and (exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id and p.parameter_set = $4)
            or not exists (select from margin.input_load_parameter_set as p where p.load_id = l.load_id))
    group by l.table_name
    union all
    select 'intraday_call', max(r.run_id), count(*)
    from margin.run as r
    where r.business_date = $2 and r.cycle = 'ITD' and r.status = 'published' and r.run_id is distinct from $6
    having count(*) > 0
) as v
order by v.table_name collate "C"
