-- purpose: the version of each input table that a date and parameter set would use now
-- grain: one row a table: the last load that touched it in scope, and the rows loaded; of a history every earlier day counts;
--     intraday_call: the last intraday run published beside the run, and how many there are
-- order: table name
-- reads: input_load, input_load_date, input_load_parameter_set, position, run
-- parameters: $1 last load, $2 business date, $3 previous one (null if none), $4 parameter set, $5 cycle, $6 run (null: new)
select v.table_name, v.version, v.row_count
from margin.input_versions($1, $2, $3, $4, $5, $6) as v
order by v.table_name collate "C"
